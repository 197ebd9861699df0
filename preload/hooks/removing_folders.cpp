#include "preload/hooks/removing_folders.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "preload/target.hpp"
#include "store/dangling.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

// What is no folder to the kernel, because a dangling link is none.
bool is_absent(store::At at) {
  store::RamPath ram;
  return store::look(at, ram) == store::Standing::dangling || dangles_before_slashes(at);
}

}  // namespace

int removing_folder(FunctionRef<int()> real, store::At at) {
  const int errno_of_program = errno;
  const int result = real();
  if (result == 0 || (errno != ENOTEMPTY && errno != EEXIST)) return result;
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent() || !store::clear_folder(at)) return result;
  errno = errno_of_program;
  return real();
}

int removing_folder_only(FunctionRef<int()> real, store::At at) {
  const int result = removing_folder(real, at);
  if (result == 0 || errno != ENOTDIR) return result;
  const Session* session = Session::get();
  if (session != nullptr && session->is_transparent() && is_absent(at)) errno = ENOENT;
  return result;
}

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::removing_folder_only;

MEMFILE_EXPORT int rmdir(const char* path) noexcept {
  return removing_folder_only([&] { return next.rmdir(path); }, {AT_FDCWD, path});
}
