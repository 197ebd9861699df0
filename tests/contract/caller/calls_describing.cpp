// Saying what stands at a path, and where it leads.
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

namespace {

// Large, and of no interest: not on the stack that is measured.
union {
  struct stat status;
  struct stat64 status64;
  struct statx statusx;
  char text[PATH_MAX];
  char handle[sizeof(file_handle) + MAX_HANDLE_SZ];
} place;

constexpr int nofollow = AT_SYMLINK_NOFOLLOW;

long freed(char* text) {
  const int error = errno;
  const long result = text == nullptr ? -1 : 0;
  std::free(text);
  errno = error;
  return result;
}

long handled(Paths p) {
  auto* const handle = reinterpret_cast<file_handle*>(place.handle);
  handle->handle_bytes = MAX_HANDLE_SZ;
  int mount = 0;
  return name_to_handle_at(AT_FDCWD, p.path, handle, &mount, 0);
}

long watched(Paths p) {
  const int fd = inotify_init1(IN_CLOEXEC);
  const int result = inotify_add_watch(fd, p.path, IN_MODIFY | IN_DONT_FOLLOW);
  (void)closed(fd);
  return result;
}

using Xstat = int(int, const char*, struct stat*);
using Xstat64 = int(int, const char*, struct stat64*);
using Fxstatat = int(int, int, const char*, struct stat*, int);
using Fxstatat64 = int(int, int, const char*, struct stat64*, int);
auto* const xstat = symbol_as<Xstat>("__xstat");
auto* const xstat64 = symbol_as<Xstat64>("__xstat64");
auto* const lxstat = symbol_as<Xstat>("__lxstat");
auto* const lxstat64 = symbol_as<Xstat64>("__lxstat64");
auto* const fxstatat = symbol_as<Fxstatat>("__fxstatat");
auto* const fxstatat64 = symbol_as<Fxstatat64>("__fxstatat64");
auto* const readlink_chk = symbol_as<ssize_t(const char*, char*, size_t, size_t)>("__readlink_chk");
auto* const readlinkat_chk = symbol_as<ssize_t(int, const char*, char*, size_t, size_t)>("__readlinkat_chk");
auto* const realpath_chk = symbol_as<char*(const char*, char*, size_t)>("__realpath_chk");
const std::vector<Call> calls{
    {"stat", [](Paths p) -> long { return stat(p.path, &place.status); }},
    {"stat64", [](Paths p) -> long { return stat64(p.path, &place.status64); }},
    {"__xstat", [](Paths p) -> long { return xstat(1, p.path, &place.status); }},
    {"__xstat64", [](Paths p) -> long { return xstat64(1, p.path, &place.status64); }},
    {"access", [](Paths p) -> long { return access(p.path, R_OK); }},
    {"access to execute", [](Paths p) -> long { return access(p.path, X_OK); }},
    {"eaccess", [](Paths p) -> long { return eaccess(p.path, X_OK); }},
    {"euidaccess", [](Paths p) -> long { return euidaccess(p.path, X_OK); }},
    {"faccessat", [](Paths p) -> long { return faccessat(AT_FDCWD, p.path, R_OK, nofollow); }},
    {"lstat", [](Paths p) -> long { return lstat(p.path, &place.status); }},
    {"lstat64", [](Paths p) -> long { return lstat64(p.path, &place.status64); }},
    {"fstatat", [](Paths p) -> long { return fstatat(AT_FDCWD, p.path, &place.status, nofollow); }},
    {"fstatat64", [](Paths p) -> long { return fstatat64(AT_FDCWD, p.path, &place.status64, nofollow); }},
    {"statx", [](Paths p) -> long { return statx(AT_FDCWD, p.path, nofollow, STATX_ALL, &place.statusx); }},
    {"__lxstat", [](Paths p) -> long { return lxstat(1, p.path, &place.status); }},
    {"__lxstat64", [](Paths p) -> long { return lxstat64(1, p.path, &place.status64); }},
    {"__fxstatat", [](Paths p) -> long { return fxstatat(1, AT_FDCWD, p.path, &place.status, nofollow); }},
    {"__fxstatat64", [](Paths p) -> long { return fxstatat64(1, AT_FDCWD, p.path, &place.status64, nofollow); }},
    {"readlink", [](Paths p) -> long { return readlink(p.path, place.text, sizeof place.text); }},
    {"readlinkat", [](Paths p) -> long { return readlinkat(AT_FDCWD, p.path, place.text, sizeof place.text); }},
    {"__readlink_chk", [](Paths p) -> long { return readlink_chk(p.path, place.text, PATH_MAX, PATH_MAX); }},
    {"__readlinkat_chk",
     [](Paths p) -> long { return readlinkat_chk(AT_FDCWD, p.path, place.text, PATH_MAX, PATH_MAX); }},
    {"realpath", [](Paths p) -> long { return realpath(p.path, place.text) == nullptr ? -1 : 0; }},
    {"realpath onto the heap", [](Paths p) { return freed(realpath(p.path, nullptr)); }},
    {"__realpath_chk", [](Paths p) -> long { return realpath_chk(p.path, place.text, PATH_MAX) == nullptr ? -1 : 0; }},
    {"canonicalize_file_name", [](Paths p) { return freed(canonicalize_file_name(p.path)); }},
    {"name_to_handle_at", handled},
    {"inotify_add_watch", watched},
    {"fanotify_mark",
     [](Paths p) -> long {
       return fanotify_mark(-1, FAN_MARK_ADD | FAN_MARK_DONT_FOLLOW, FAN_OPEN, AT_FDCWD, p.path);
     }},
};

}  // namespace

const std::vector<Call>& describing_calls() { return calls; }

}  // namespace memfile::contract
