#include "preload/hooks/removing_folders.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/dangling.hpp"

namespace memfile::preload {

int removing_folder(FunctionRef<int()> real, store::At at) {
  const int errno_of_program = errno;
  const int result = real();
  if (result == 0 || (errno != ENOTEMPTY && errno != EEXIST)) return result;
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent() || !store::clear_folder(at)) return result;
  errno = errno_of_program;
  return real();
}

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::removing_folder;

MEMFILE_EXPORT int rmdir(const char* path) noexcept {
  return removing_folder([&] { return next.rmdir(path); }, {AT_FDCWD, path});
}
