// Removing a path: where a memfile's link goes, its RAM file goes with it.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "preload/absent.hpp"
#include "preload/function_ref.hpp"
#include "preload/hooks/removing_folders.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "preload/target.hpp"
#include "store/removal.hpp"

namespace memfile::preload {

namespace {

// A link stands there, or nothing where a memfile may.
__attribute__((noinline)) int removing_from_ram(CallAt real, store::At at, const Session& session) {
  int result = -1;
  const bool is_done = store::with_removal(at, [&](store::Removal& removal) {
    const int errno_of_program = errno;
    if (removal.standing() == store::Standing::absent && session.covers(at)) {
      result = call_for_absent(real, at);
    } else if (removal.standing() == store::Standing::dangling && session.is_transparent()) {
      errno = ENOENT;
      return;
    } else {
      result = real(at.path);
      if (result == 0) removal.finish();
    }
    if (result != 0 && errno == ENOENT) result = call_for_companion(real, at, errno_of_program);
  });
  return is_done ? result : real(at.path);
}

int removing(CallAt real, store::At at) {
  const Session* session = Session::get();
  if (session == nullptr) return real(at.path);
  const store::Glance glance = store::glance(at);
  const bool may_be_in_ram = glance == store::Glance::link || (glance == store::Glance::absent && session->covers(at));
  if (may_be_in_ram) return removing_from_ram(real, at, *session);
  const int errno_of_program = errno;
  const int result = real(at.path);
  if (result != 0 && errno == ENOTDIR && dangles_before_slashes(at)) errno = ENOENT;
  return result == 0 || errno != ENOENT ? result : call_for_companion(real, at, errno_of_program);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::removing;
using memfile::preload::removing_folder;
using memfile::preload::removing_folder_only;

MEMFILE_EXPORT int unlink(const char* path) noexcept {
  return removing([](const char* actual) { return next.unlink(actual); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int unlinkat(int dirfd, const char* path, int flags) noexcept {
  if ((flags & AT_REMOVEDIR) != 0)
    return removing_folder_only([&] { return next.unlinkat(dirfd, path, flags); }, {dirfd, path});
  return removing([&](const char* actual) { return next.unlinkat(dirfd, actual, flags); }, {dirfd, path});
}

MEMFILE_EXPORT int remove(const char* path) noexcept {
  const auto remove_any = [](const char* actual) {
    return removing_folder([&] { return next.remove(actual); }, {AT_FDCWD, actual});
  };
  return removing(remove_any, {AT_FDCWD, path});
}
