// Changing mode, times and extended attributes without following a last symbolic link: the RAM file's are changed.
// What follows links (utime, setxattr ...) is right as it is. What is given an x bit has to be where it can be
// executed.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>

#include "preload/executable.hpp"
#include "preload/symbols.hpp"
#include "preload/symbols_time64.hpp"
#include "preload/target.hpp"

namespace memfile::preload {

namespace {

using store::At;

int changing_mode(FunctionRef<int(At)> real, At at, mode_t mode, int flags) {
  save_executable(at, mode);
  return (flags & AT_SYMLINK_NOFOLLOW) != 0 ? acting_on_target(real, at) : real(at);
}

int changing_times(FunctionRef<int(At)> real, At at, int flags) {
  return (flags & AT_SYMLINK_NOFOLLOW) != 0 ? acting_on_target(real, at) : real(at);
}

// Sizes of attributes and of their lists are at most 64 KiB.
ssize_t describing_attributes(FunctionRef<ssize_t(const char*)> real, const char* path) {
  return acting_on_target([&](At at) { return static_cast<int>(real(at.path)); }, {AT_FDCWD, path});
}

int changing_attributes(FunctionRef<int(const char*)> real, const char* path) {
  return acting_on_target([&](At at) { return real(at.path); }, {AT_FDCWD, path});
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::changing_attributes;
using memfile::preload::changing_mode;
using memfile::preload::changing_times;
using memfile::preload::describing_attributes;
using memfile::preload::next;
using memfile::store::At;

MEMFILE_EXPORT int lchmod(const char* path, mode_t mode) noexcept {
  return changing_mode([&](At at) { return next.lchmod(at.path, mode); }, {AT_FDCWD, path}, mode, AT_SYMLINK_NOFOLLOW);
}

MEMFILE_EXPORT int fchmodat(int dirfd, const char* path, mode_t mode, int flags) noexcept {
  return changing_mode([&](At at) { return next.fchmodat(at.dirfd, at.path, mode, flags); }, {dirfd, path}, mode,
                       flags);
}

MEMFILE_EXPORT int chmod(const char* path, mode_t mode) noexcept {
  return changing_mode([&](At at) { return next.chmod(at.path, mode); }, {AT_FDCWD, path}, mode, 0);
}

MEMFILE_EXPORT int utimensat(int dirfd, const char* path, const struct timespec times[2], int flags) noexcept {
  return changing_times([&](At at) { return next.utimensat(at.dirfd, at.path, times, flags); }, {dirfd, path}, flags);
}

MEMFILE_EXPORT int lutimes(const char* path, const struct timeval times[2]) noexcept {
  return changing_times([&](At at) { return next.lutimes(at.path, times); }, {AT_FDCWD, path}, AT_SYMLINK_NOFOLLOW);
}

MEMFILE_EXPORT ssize_t lgetxattr(const char* path, const char* name, void* value, size_t size) noexcept {
  return describing_attributes([&](const char* actual) { return next.lgetxattr(actual, name, value, size); }, path);
}

MEMFILE_EXPORT ssize_t llistxattr(const char* path, char* names, size_t size) noexcept {
  return describing_attributes([&](const char* actual) { return next.llistxattr(actual, names, size); }, path);
}

MEMFILE_EXPORT int lsetxattr(const char* path, const char* name, const void* value, size_t size, int flags) noexcept {
  return changing_attributes([&](const char* actual) { return next.lsetxattr(actual, name, value, size, flags); },
                             path);
}

MEMFILE_EXPORT int lremovexattr(const char* path, const char* name) noexcept {
  return changing_attributes([&](const char* actual) { return next.lremovexattr(actual, name); }, path);
}

#if __TIMESIZE == 32

using memfile::preload::next_time64;

MEMFILE_EXPORT int __utimensat64(int dirfd, const char* path, const void* times, int flags) noexcept {
  return changing_times([&](At at) { return next_time64.utimensat(at.dirfd, at.path, times, flags); }, {dirfd, path},
                        flags);
}

MEMFILE_EXPORT int __lutimes64(const char* path, const void* times) noexcept {
  return changing_times([&](At at) { return next_time64.lutimes(at.path, times); }, {AT_FDCWD, path},
                        AT_SYMLINK_NOFOLLOW);
}

#endif
