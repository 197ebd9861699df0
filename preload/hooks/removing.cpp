// Removing a path: where a memfile's link goes, its RAM file goes with it.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "preload/companion.hpp"
#include "preload/function_ref.hpp"
#include "preload/hooks/removing_folders.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/link_lock.hpp"
#include "store/removal.hpp"

namespace memfile::preload {

namespace {

int removing(CallAt real, store::At at) {
  const Session* session = Session::get();
  if (session == nullptr) return real(at.path);
  const store::LinkLock lock(at);
  store::Removal removal(at);
  // Where nothing stands, nothing is removed: a memfile that appears this moment has not been looked at.
  const bool is_absent = removal.standing() == store::Standing::absent && session->covers(at);
  const int errno_of_program = errno;
  const bool is_hidden = removal.standing() == store::Standing::dangling && session->is_transparent();
  if (is_absent || is_hidden) {
    errno = ENOENT;
    return is_absent ? call_for_companion(real, at, errno_of_program) : -1;
  }
  const int result = real(at.path);
  if (result == 0) removal.finish();
  return result == 0 || errno != ENOENT ? result : call_for_companion(real, at, errno_of_program);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::removing;
using memfile::preload::removing_folder;

MEMFILE_EXPORT int unlink(const char* path) noexcept {
  return removing([](const char* actual) { return next.unlink(actual); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int unlinkat(int dirfd, const char* path, int flags) noexcept {
  if ((flags & AT_REMOVEDIR) != 0)
    return removing_folder([&] { return next.unlinkat(dirfd, path, flags); }, {dirfd, path});
  return removing([&](const char* actual) { return next.unlinkat(dirfd, actual, flags); }, {dirfd, path});
}

MEMFILE_EXPORT int remove(const char* path) noexcept {
  const auto remove_any = [](const char* actual) {
    return removing_folder([&] { return next.remove(actual); }, {AT_FDCWD, actual});
  };
  return removing(remove_any, {AT_FDCWD, path});
}
