// The C names of open, openat and creat. What is created is opened as the name says: those with a 64 are for files of
// any size also on machines of 32 bits, where it is a flag.
#include <fcntl.h>
#include <stdarg.h>

#include "preload/hooks/opening.hpp"
#include "preload/symbols.hpp"

namespace memfile::preload {

namespace {

// open's third argument is there only where the flags call for it.
bool has_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

mode_t mode_argument(int flags, va_list arguments) {
  return has_mode(flags) ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
}

template <class Function>
int open_like(const char* call, Next<Function>& real, const char* path, int flags, mode_t mode) {
  return opening(
      call, [&](const char* actual, int actual_flags) { return real(actual, actual_flags, mode); }, {AT_FDCWD, path},
      flags, mode);
}

template <class Function>
int openat_like(const char* call, Next<Function>& real, int dirfd, const char* path, int flags, mode_t mode) {
  return opening(
      call, [&](const char* actual, int actual_flags) { return real(dirfd, actual, actual_flags, mode); },
      {dirfd, path}, flags, mode);
}

// creat has no flags to change; what is led to a RAM file goes by open.
int creat_like(const char* call, Next<decltype(::creat)>& real, const char* path, mode_t mode, int more_flags) {
  const int flags = O_CREAT | O_WRONLY | O_TRUNC | more_flags;
  return opening(
      call,
      [&](const char* actual, int actual_flags) {
        return actual == path ? real(actual, mode) : next.open(actual, actual_flags, mode);
      },
      {AT_FDCWD, path}, flags, mode);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::creat_like;
using memfile::preload::mode_argument;
using memfile::preload::next;
using memfile::preload::open_like;
using memfile::preload::openat_like;
using memfile::preload::opening;

MEMFILE_EXPORT int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("open", next.open, path, flags, mode);
}

MEMFILE_EXPORT int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("open64", next.open64, path, flags | O_LARGEFILE, mode);
}

MEMFILE_EXPORT int __open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("__open", next.plain_open, path, flags, mode);
}

MEMFILE_EXPORT int __open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("__open64", next.plain_open64, path, flags | O_LARGEFILE, mode);
}

MEMFILE_EXPORT int openat(int dirfd, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return openat_like("openat", next.openat, dirfd, path, flags, mode);
}

MEMFILE_EXPORT int openat64(int dirfd, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return openat_like("openat64", next.openat64, dirfd, path, flags | O_LARGEFILE, mode);
}

// The fortified variants refuse flags that need a mode: such a call ends the program, and is libc's to end.
MEMFILE_EXPORT int __open_2(const char* path, int flags) {
  return opening(
      "__open_2", [](const char* actual, int actual_flags) { return next.open_2(actual, actual_flags); },
      {AT_FDCWD, path}, flags, 0);
}

MEMFILE_EXPORT int __open64_2(const char* path, int flags) {
  return opening(
      "__open64_2", [](const char* actual, int actual_flags) { return next.open64_2(actual, actual_flags); },
      {AT_FDCWD, path}, flags | O_LARGEFILE, 0);
}

MEMFILE_EXPORT int __openat_2(int dirfd, const char* path, int flags) {
  return opening(
      "__openat_2", [&](const char* actual, int actual_flags) { return next.openat_2(dirfd, actual, actual_flags); },
      {dirfd, path}, flags, 0);
}

MEMFILE_EXPORT int __openat64_2(int dirfd, const char* path, int flags) {
  return opening(
      "__openat64_2",
      [&](const char* actual, int actual_flags) { return next.openat64_2(dirfd, actual, actual_flags); }, {dirfd, path},
      flags | O_LARGEFILE, 0);
}

MEMFILE_EXPORT int creat(const char* path, mode_t mode) { return creat_like("creat", next.creat, path, mode, 0); }

MEMFILE_EXPORT int creat64(const char* path, mode_t mode) {
  return creat_like("creat64", next.creat64, path, mode, O_LARGEFILE);
}
