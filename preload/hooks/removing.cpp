// Removing a path: where a memfile's link goes, its RAM file goes with it.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/directory_lock.hpp"
#include "store/look.hpp"
#include "store/removal.hpp"

namespace memfile::preload {

namespace {

int removing(FunctionRef<int()> real, store::At at) {
  if (Session::get() == nullptr) return real();
  store::RamPath ram;
  const bool is_memfile = store::look(at, ram) == store::Standing::memfile;
  const store::DirectoryLock lock(is_memfile ? &ram : nullptr);
  store::Removal removal(at);
  if (removal.standing() == store::Standing::dangling) {
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

MEMFILE_EXPORT int unlink(const char* path) noexcept {
  return removing([&] { return next.unlink(path); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int unlinkat(int dirfd, const char* path, int flags) noexcept {
  if ((flags & AT_REMOVEDIR) != 0) return next.unlinkat(dirfd, path, flags);
  return removing([&] { return next.unlinkat(dirfd, path, flags); }, {dirfd, path});
}

MEMFILE_EXPORT int remove(const char* path) noexcept {
  return removing([&] { return next.remove(path); }, {AT_FDCWD, path});
}
