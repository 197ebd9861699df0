// Removing a path: where a memfile's link goes, its RAM file goes with it.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "preload/function_ref.hpp"
#include "preload/hooks/removing_folders.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/link_lock.hpp"
#include "store/removal.hpp"

namespace memfile::preload {

namespace {

int removing(FunctionRef<int()> real, store::At at) {
  const Session* session = Session::get();
  if (session == nullptr) return real();
  const store::LinkLock lock(at);
  store::Removal removal(at);
  // Where nothing stands, nothing is removed: a memfile that appears this moment has not been looked at.
  const bool is_absent = removal.standing() == store::Standing::absent && session->covers(at);
  const bool is_hidden = removal.standing() == store::Standing::dangling && session->is_transparent();
  if (is_absent || is_hidden) {
    errno = ENOENT;
    return -1;
  }
  const int result = real();
  if (result == 0) removal.finish();
  return result;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::removing;
using memfile::preload::removing_folder;

MEMFILE_EXPORT int unlink(const char* path) noexcept {
  return removing([&] { return next.unlink(path); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int unlinkat(int dirfd, const char* path, int flags) noexcept {
  const auto real = [&] { return next.unlinkat(dirfd, path, flags); };
  if ((flags & AT_REMOVEDIR) != 0) return removing_folder(real, {dirfd, path});
  return removing(real, {dirfd, path});
}

MEMFILE_EXPORT int remove(const char* path) noexcept {
  return removing(
      [&] {
        return removing_folder([&] { return next.remove(path); }, {AT_FDCWD, path});
      },
      {AT_FDCWD, path});
}
