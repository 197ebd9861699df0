// Opening and creating.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <linux/openat2.h>
#include <mntent.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

namespace {

using Open = int(const char*, int, ...);
using OpenAt = int(int, const char*, int, ...);
using Fortified = int(const char*, int);
using FortifiedAt = int(int, const char*, int);

constexpr int creating = O_RDWR | O_CREAT | O_CLOEXEC;

template <int flags>
long opened(Paths p) {
  return closed(open(p.path, flags, 0640));
}

long closed_stream(FILE* stream) {
  const int error = errno;
  if (stream != nullptr) std::fclose(stream);
  errno = error;
  return stream == nullptr ? -1 : 0;
}

long reopened(decltype(::freopen)* call, const char* path, const char* mode) {
  FILE* stream = std::fopen("/dev/null", "r");
  errno = 0;
  return closed_stream(call(path, mode, stream));
}

// The pattern is the path and what makes it one; the file is removed by its name.
template <class Make>
long temporary(Paths p, const char* suffix, const Make& make) {
  static char pattern[8192];
  std::snprintf(pattern, sizeof pattern, "%sXXXXXX%s", p.path, suffix);
  const int fd = make(pattern);
  const int error = errno;
  if (fd >= 0) unlink(pattern);
  errno = error;
  return closed(fd);
}

long by_openat2(Paths p) {
  open_how how{};
  how.flags = creating;
  how.mode = 0640;
  how.resolve = RESOLVE_BENEATH;
  return closed(static_cast<int>(syscall(SYS_openat2, AT_FDCWD, p.path, &how, sizeof how)));
}

auto* const plain_open = symbol_as<Open>("__open");
auto* const plain_open64 = symbol_as<Open>("__open64");
auto* const open_2 = symbol_as<Fortified>("__open_2");
auto* const open64_2 = symbol_as<Fortified>("__open64_2");
auto* const openat_2 = symbol_as<FortifiedAt>("__openat_2");
auto* const openat64_2 = symbol_as<FortifiedAt>("__openat64_2");
auto* const io_fopen = symbol_as<decltype(::fopen)>("_IO_fopen");
auto* const plain_setmntent = symbol_as<decltype(::setmntent)>("__setmntent");
const std::vector<Call> calls{
    {"open to read", opened<O_RDONLY>},
    {"open to create", opened<creating>},
    {"open to create anew", opened<creating | O_EXCL>},
    {"open what is no link", opened<O_RDWR | O_NOFOLLOW>},
    {"open to create what is no link", opened<creating | O_NOFOLLOW>},
    {"open a place", opened<O_PATH | O_NOFOLLOW>},
    {"open directly", opened<creating | O_DIRECT>},
    {"open a folder", opened<O_RDONLY | O_DIRECTORY>},
    {"open64", [](Paths p) { return closed(open64(p.path, creating, 0640)); }},
    {"__open", [](Paths p) { return closed(plain_open(p.path, creating, 0640)); }},
    {"__open64", [](Paths p) { return closed(plain_open64(p.path, creating, 0640)); }},
    {"__open_2", [](Paths p) { return closed(open_2(p.path, O_RDONLY | O_NOFOLLOW)); }},
    {"__open64_2", [](Paths p) { return closed(open64_2(p.path, O_RDONLY | O_NOFOLLOW)); }},
    {"openat", [](Paths p) { return closed(openat(AT_FDCWD, p.path, creating, 0640)); }},
    {"openat64", [](Paths p) { return closed(openat64(AT_FDCWD, p.path, creating, 0640)); }},
    {"openat a folder for a file without a name",
     [](Paths) { return closed(openat(AT_FDCWD, ".", O_RDWR | O_TMPFILE, 0640)); }},
    {"__openat_2", [](Paths p) { return closed(openat_2(AT_FDCWD, p.path, O_RDONLY | O_NOFOLLOW)); }},
    {"__openat64_2", [](Paths p) { return closed(openat64_2(AT_FDCWD, p.path, O_RDONLY | O_NOFOLLOW)); }},
    {"creat", [](Paths p) { return closed(creat(p.path, 0640)); }},
    {"creat64", [](Paths p) { return closed(creat64(p.path, 0640)); }},
    {"openat2", by_openat2},
    {"fopen", [](Paths p) { return closed_stream(fopen(p.path, "w")); }},
    {"fopen anew", [](Paths p) { return closed_stream(fopen(p.path, "wx")); }},
    {"fopen64", [](Paths p) { return closed_stream(fopen64(p.path, "a")); }},
    {"_IO_fopen", [](Paths p) { return closed_stream(io_fopen(p.path, "w")); }},
    {"freopen", [](Paths p) { return reopened(&::freopen, p.path, "w"); }},
    {"freopen64", [](Paths p) { return reopened(&::freopen64, p.path, "w"); }},
    {"setmntent", [](Paths p) { return closed_stream(setmntent(p.path, "w")); }},
    {"__setmntent", [](Paths p) { return closed_stream(plain_setmntent(p.path, "w")); }},
    {"mkstemp", [](Paths p) { return temporary(p, "", [](char* t) { return mkstemp(t); }); }},
    {"mkstemp64", [](Paths p) { return temporary(p, "", [](char* t) { return mkstemp64(t); }); }},
    {"mkostemp", [](Paths p) { return temporary(p, "", [](char* t) { return mkostemp(t, O_APPEND); }); }},
    {"mkostemp64", [](Paths p) { return temporary(p, "", [](char* t) { return mkostemp64(t, O_APPEND); }); }},
    {"mkstemps", [](Paths p) { return temporary(p, ".ram", [](char* t) { return mkstemps(t, 4); }); }},
    {"mkstemps64", [](Paths p) { return temporary(p, ".ram", [](char* t) { return mkstemps64(t, 4); }); }},
    {"mkostemps", [](Paths p) { return temporary(p, ".ram", [](char* t) { return mkostemps(t, 4, 0); }); }},
    {"mkostemps64", [](Paths p) { return temporary(p, ".ram", [](char* t) { return mkostemps64(t, 4, 0); }); }},
    {"tmpfile", [](Paths) { return closed_stream(tmpfile()); }},
    {"tmpfile64", [](Paths) { return closed_stream(tmpfile64()); }},
};

}  // namespace

const std::vector<Call>& opening_calls() { return calls; }

}  // namespace memfile::contract
