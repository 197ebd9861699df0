// Describing what stands at a path without following it: a memfile is a regular file, a dangling link is absent. The
// next symbol answers first; only where it saw a link is ours looked for, so that other files cost nothing.
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "preload/companion.hpp"
#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/look.hpp"

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
  return call_for_companion([&](const char* companion) { return real(AT_FDCWD, companion); }, at, errno_of_program);
}

__attribute__((noinline)) int describe_link(RealDescription real, At at) {
  RamPath ram;
  switch (store::look(at, ram)) {
    case Standing::memfile: {
      const store::Approach approach(ram);
      return approach.fault() == 0 ? real(AT_FDCWD, approach.c_str()) : 0;
    }
    case Standing::dangling:
    case Standing::absent:
      errno = ENOENT;
      return -1;
    case Standing::other:
      break;
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

// A path of no length names a descriptor: what that is open on was settled when it was opened.
bool names_path(const char* path, int flags) {
  return (flags & AT_EMPTY_PATH) == 0 || (path != nullptr && *path != '\0');
}

template <class Status>
int describing_into(RealDescription real, At at, const Status* status) {
  return describing(real, at, [&] { return S_ISLNK(status->st_mode); });
}

__attribute__((noinline)) bool is_memfile(At at, int& error) {
  RamPath ram;
  const Standing standing = store::look(at, ram);
  error = standing == Standing::memfile ? EINVAL : ENOENT;
  return standing == Standing::memfile || standing == Standing::dangling;
}

ssize_t reading_link(FunctionRef<ssize_t()> real, At at, const char* buffer) {
  const ssize_t result = real();
  if (result <= 0 || buffer[0] != '/') return result;
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent()) return result;
  int error = 0;
  if (!is_memfile(at, error)) return result;
  errno = error;
  return -1;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::describing;
using memfile::preload::describing_into;
using memfile::preload::following;
using memfile::preload::names_path;
using memfile::preload::next;
using memfile::preload::reading_link;

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
  return following([&](int, const char* actual) { return next.access(actual, mode); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int faccessat(int dirfd, const char* path, int mode, int flags) noexcept {
  return following([&](int at, const char* actual) { return next.faccessat(at, actual, mode, flags); }, {dirfd, path});
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
  if (!names_path(path, flags)) return real(dirfd, path);
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int fstatat64(int dirfd, const char* path, struct stat64* status, int flags) noexcept {
  const auto real = [&](int at, const char* actual) { return next.fstatat64(at, actual, status, flags); };
  if (!names_path(path, flags)) return real(dirfd, path);
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int __fxstatat(int version, int dirfd, const char* path, struct stat* status, int flags) {
  const auto real = [&](int at, const char* actual) { return next.fxstatat(version, at, actual, status, flags); };
  if (!names_path(path, flags)) return real(dirfd, path);
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int __fxstatat64(int version, int dirfd, const char* path, struct stat64* status, int flags) {
  const auto real = [&](int at, const char* actual) { return next.fxstatat64(version, at, actual, status, flags); };
  if (!names_path(path, flags)) return real(dirfd, path);
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  return describing_into(real, {dirfd, path}, status);
}

MEMFILE_EXPORT int statx(int dirfd, const char* path, int flags, unsigned mask, struct statx* status) noexcept {
  const auto real = [&](int at, const char* actual) { return next.statx(at, actual, flags, mask, status); };
  if (!names_path(path, flags)) return real(dirfd, path);
  if ((flags & AT_SYMLINK_NOFOLLOW) == 0) return following(real, {dirfd, path});
  // A file system may leave out a type that was not asked for.
  return describing(real, {dirfd, path},
                    [&] { return (status->stx_mask & STATX_TYPE) == 0 || S_ISLNK(status->stx_mode); });
}

MEMFILE_EXPORT ssize_t readlink(const char* path, char* buffer, size_t size) noexcept {
  return reading_link([&] { return next.readlink(path, buffer, size); }, {AT_FDCWD, path}, buffer);
}

MEMFILE_EXPORT ssize_t readlinkat(int dirfd, const char* path, char* buffer, size_t size) noexcept {
  return reading_link([&] { return next.readlinkat(dirfd, path, buffer, size); }, {dirfd, path}, buffer);
}

MEMFILE_EXPORT ssize_t __readlink_chk(const char* path, char* buffer, size_t size, size_t buffer_size) {
  return reading_link([&] { return next.readlink_chk(path, buffer, size, buffer_size); }, {AT_FDCWD, path}, buffer);
}

MEMFILE_EXPORT ssize_t __readlinkat_chk(int dirfd, const char* path, char* buffer, size_t size, size_t buffer_size) {
  return reading_link([&] { return next.readlinkat_chk(dirfd, path, buffer, size, buffer_size); }, {dirfd, path},
                      buffer);
}
