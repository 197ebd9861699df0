// Watching a path without following a last symbolic link: the RAM file is watched.
#include <fcntl.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>

#include "preload/symbols.hpp"
#include "preload/target.hpp"

using memfile::preload::acting_on_target;
using memfile::preload::next;
using memfile::store::At;

MEMFILE_EXPORT int inotify_add_watch(int fd, const char* path, uint32_t mask) noexcept {
  if ((mask & IN_DONT_FOLLOW) == 0) return next.inotify_add_watch(fd, path, mask);
  return acting_on_target([&](At at) { return next.inotify_add_watch(fd, at.path, mask); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int fanotify_mark(int fd, unsigned flags, uint64_t mask, int dirfd, const char* path) noexcept {
  if ((flags & FAN_MARK_DONT_FOLLOW) == 0) return next.fanotify_mark(fd, flags, mask, dirfd, path);
  return acting_on_target([&](At at) { return next.fanotify_mark(fd, flags, mask, at.dirfd, at.path); }, {dirfd, path});
}
