#include "preload/target.hpp"

#include <cerrno>
#include <fcntl.h>

#include "preload/failure.hpp"
#include "preload/path_argument.hpp"
#include "preload/session.hpp"
#include "store/dangling.hpp"
#include "store/look.hpp"

namespace memfile::preload {

using store::At;
using store::RamPath;
using store::Standing;

namespace {

__attribute__((noinline)) int acting_on_link(FunctionRef<int(At)> real, At at) {
  RamPath ram;
  switch (store::look(at, ram)) {
    case Standing::memfile:
    case Standing::dangling: {  // where nothing is, the call says so, or what comes before that
      const store::Approach approach(ram);
      if (approach.fault() == 0) return real({AT_FDCWD, approach.c_str()});
      return fail(-approach.fault());
    }
    case Standing::absent:
    case Standing::other:
      break;
  }
  return real(at);
}

}  // namespace

int acting_on_target(FunctionRef<int(At)> real, At at) {
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent()) return real(at);
  return store::glance(at) == store::Glance::link ? acting_on_link(real, at) : real(at);
}

bool clear_the_way(At at) {
  std::string_view path;
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent() || !read_path_argument(at.path, path)) return false;
  // These are for the kernel to judge, when the way is free.
  while (path.ends_with('/')) path.remove_suffix(1);
  const store::PathBuffer trimmed;
  if (!trimmed) return false;
  *trimmed << path;
  const At in_the_way{at.dirfd, trimmed->c_str()};
  RamPath ram;
  return store::look(in_the_way, ram) == Standing::dangling && store::clear_dangling(in_the_way, ram);
}

int making_anew(FunctionRef<int()> real, At at) {
  const int errno_of_program = errno;
  const int result = real();
  if (result == 0 || errno != EEXIST || !clear_the_way(at)) return result;
  errno = errno_of_program;
  return real();
}

}  // namespace memfile::preload
