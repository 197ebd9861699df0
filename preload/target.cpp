#include "preload/target.hpp"

#include <cerrno>
#include <fcntl.h>

#include "preload/session.hpp"
#include "store/dangling.hpp"
#include "store/look.hpp"

namespace memfile::preload {

using store::At;
using store::RamPath;
using store::Standing;

int acting_on_target(FunctionRef<int(At)> real, At at) {
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent()) return real(at);
  RamPath ram;
  switch (store::look(at, ram)) {
    case Standing::memfile: {
      const store::Approach approach(ram);
      if (approach.fault() == 0) return real({AT_FDCWD, approach.c_str()});
      errno = -approach.fault();
      return -1;
    }
    case Standing::dangling:
      errno = ENOENT;
      return -1;
    case Standing::absent:
    case Standing::other:
      break;
  }
  return real(at);
}

int making_anew(FunctionRef<int()> real, At at) {
  const int errno_of_program = errno;
  const int result = real();
  if (result == 0 || errno != EEXIST) return result;
  const Session* session = Session::get();
  RamPath ram;
  if (session == nullptr || store::look(at, ram) != Standing::dangling || !store::clear_dangling(at, ram))
    return result;
  errno = errno_of_program;
  return real();
}

}  // namespace memfile::preload
