// Describing what stands at a path without following it: a memfile is a regular file, a dangling link is absent. The
// next symbol answers first; only where it saw a link is ours looked for, so that other files cost nothing.
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "preload/absent.hpp"
#include "preload/executable.hpp"
#include "preload/failure.hpp"
#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "preload/symbols_time64.hpp"
#include "preload/target.hpp"
#include "store/look.hpp"
#include "store/pooled.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::RamPath;
using store::Standing;

// Of another path; an absolute one makes the variant's dirfd moot.
using RealDescription = FunctionRef<int(int dirfd, const char* path)>;

// Answers for what a link leads to. Where nothing stands, SQLite's companion that was made from outside may.
int following(RealDescription real, At at) {
  const int errno_of_program = errno;
  const int result = real(at.dirfd, at.path);
  if (result == 0 || errno != ENOENT) return result;
  return call_again([&](const char* path) { return real(at.dirfd, path); }, at, errno_of_program);
}

// How often a link may be replaced while it is looked at.
constexpr int most_tries = 64;

// Describes what the link leads to. What the caller has is the link.
__attribute__((noinline)) int describe_link(RealDescription real, At at) {
  const int errno_of_program = errno;
  const store::Pooled<RamPath> ram;
  for (int tries = 0; ram && tries < most_tries; ++tries) {
    const Standing standing = store::look(at, *ram);
    if (standing == Standing::other) break;
    if (standing != Standing::memfile) return fail(ENOENT);
    const store::Approach approach(*ram);
    if (approach.fault() != 0) break;
    const int result = real(AT_FDCWD, approach.c_str());
    if (result == 0 || errno != ENOENT) return result;
    errno = errno_of_program;
  }
  return 0;
}

int describing(RealDescription real, At at, FunctionRef<bool()> shows_link) {
  const int result = following(real, at);
  if (result != 0 || !shows_link()) return result;
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent()) return result;
  return describe_link(real, at);
}

int accessing(RealDescription real, At at, int mode, int flags) {
  const auto ask = [&] {
    if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, at);
    return acting_on_target([&](At target) { return following(real, target); }, at);
  };
  return (mode & X_OK) != 0 ? call_for_execution(ask, at) : ask();
}

template <class Status>
int describing_into(RealDescription real, At at, const Status* status) {
  return describing(real, at, [&] { return S_ISLNK(status->st_mode); });
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::accessing;
using memfile::preload::acting_on_target;
using memfile::preload::describing;
using memfile::preload::describing_into;
using memfile::preload::following;
using memfile::preload::next;
using memfile::store::At;

MEMFILE_EXPORT int stat(const char* path, struct stat* status) noexcept {
  return following([&](int, const char* actual) { return next.stat(actual, status); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int stat64(const char* path, struct stat64* status) noexcept {
  return following([&](int, const char* actual) { return next.stat64(actual, status); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int __xstat(int version, const char* path, struct stat* status) {
  return following([&](int, const char* actual) { return next.xstat(version, actual, status); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int __xstat64(int version, const char* path, struct stat64* status) {
  return following([&](int, const char* actual) { return next.xstat64(version, actual, status); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int access(const char* path, int mode) noexcept {
  return accessing([&](int, const char* actual) { return next.access(actual, mode); }, {AT_FDCWD, path}, mode, 0);
}

MEMFILE_EXPORT int eaccess(const char* path, int mode) noexcept {
  return accessing([&](int, const char* actual) { return next.eaccess(actual, mode); }, {AT_FDCWD, path}, mode, 0);
}

MEMFILE_EXPORT int euidaccess(const char* path, int mode) noexcept {
  return accessing([&](int, const char* actual) { return next.euidaccess(actual, mode); }, {AT_FDCWD, path}, mode, 0);
}

MEMFILE_EXPORT int faccessat(int dirfd, const char* path, int mode, int flags) noexcept {
  return accessing([&](int at, const char* actual) { return next.faccessat(at, actual, mode, flags); }, {dirfd, path},
                   mode, flags);
}

MEMFILE_EXPORT int lstat(const char* path, struct stat* status) noexcept {
  return describing_into([&](int, const char* actual) { return next.lstat(actual, status); }, {AT_FDCWD, path}, status);
}

MEMFILE_EXPORT int lstat64(const char* path, struct stat64* status) noexcept {
  return describing_into([&](int, const char* actual) { return next.lstat64(actual, status); }, {AT_FDCWD, path},
                         status);
}

MEMFILE_EXPORT int __lxstat(int version, const char* path, struct stat* status) {
  return describing_into([&](int, const char* actual) { return next.lxstat(version, actual, status); },
                         {AT_FDCWD, path}, status);
}

MEMFILE_EXPORT int __lxstat64(int version, const char* path, struct stat64* status) {
  return describing_into([&](int, const char* actual) { return next.lxstat64(version, actual, status); },
                         {AT_FDCWD, path}, status);
}

MEMFILE_EXPORT int fstatat(int dirfd, const char* path, struct stat* status, int flags) noexcept {
  const auto real = [&](int at, const char* actual) { return next.fstatat(at, actual, status, flags); };
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int fstatat64(int dirfd, const char* path, struct stat64* status, int flags) noexcept {
  const auto real = [&](int at, const char* actual) { return next.fstatat64(at, actual, status, flags); };
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int __fxstatat(int version, int dirfd, const char* path, struct stat* status, int flags) {
  const auto real = [&](int at, const char* actual) { return next.fxstatat(version, at, actual, status, flags); };
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int __fxstatat64(int version, int dirfd, const char* path, struct stat64* status, int flags) {
  const auto real = [&](int at, const char* actual) { return next.fxstatat64(version, at, actual, status, flags); };
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int statx(int dirfd, const char* path, int flags, unsigned mask, struct statx* status) noexcept {
  const auto real = [&](int at, const char* actual) { return next.statx(at, actual, flags, mask, status); };
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  // A file system may leave out a type that was not asked for.
  return describing(real, {dirfd, path},
                    [&] { return (status->stx_mask & STATX_TYPE) == 0 || S_ISLNK(status->stx_mode); });
}

MEMFILE_EXPORT int name_to_handle_at(int dirfd, const char* path, struct file_handle* handle, int* mount,
                                     int flags) noexcept {
  const auto real = [&](At at) { return next.name_to_handle_at(at.dirfd, at.path, handle, mount, flags); };
  return (flags & AT_SYMLINK_FOLLOW) != 0 ? real({dirfd, path}) : acting_on_target(real, {dirfd, path});
}

#if __TIMESIZE == 32

using memfile::preload::next_time64;
using memfile::preload::Status64;

MEMFILE_EXPORT int __stat64_time64(const char* path, Status64* status) noexcept {
  return following([&](int, const char* actual) { return next_time64.stat(actual, status); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int __lstat64_time64(const char* path, Status64* status) noexcept {
  return describing_into([&](int, const char* actual) { return next_time64.lstat(actual, status); }, {AT_FDCWD, path},
                         status);
}

MEMFILE_EXPORT int __fstatat64_time64(int dirfd, const char* path, Status64* status, int flags) noexcept {
  const auto real = [&](int at, const char* actual) { return next_time64.fstatat(at, actual, status, flags); };
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

#endif
