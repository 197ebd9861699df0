#include "preload/absent.hpp"

#include <cerrno>

#include "preload/cancellation.hpp"
#include "preload/session.hpp"
#include "store/companion.hpp"
#include "store/look.hpp"
#include "store/path_buffer.hpp"

namespace memfile::preload {

namespace {

// How often a link may be replaced while it is followed.
constexpr int most_tries = 64;

__attribute__((noinline)) int call_beside_database(CallAt call, store::At at, int errno_of_program) {
  const Uncancelled uncancelled;
  const store::Pooled<store::RamPath> ram;
  if (!ram || !store::find_companion_from_outside(at, *ram)) return -1;
  errno = errno_of_program;
  return call(ram->c_str());
}

__attribute__((noinline)) int call_while_replaced(CallAt call, store::At at, int errno_of_program) {
  const Uncancelled uncancelled;
  int result = -1;
  for (int tries = 0; tries < most_tries && result < 0 && errno == ENOENT; ++tries) {
    const store::Pooled<store::RamPath> ram;
    if (!ram || store::glance(at) != store::Glance::link || store::look(at, *ram) != store::Standing::memfile) break;
    errno = errno_of_program;
    result = call(at.path);
  }
  return result;
}

}  // namespace

int call_again(CallAt call, store::At at, int errno_of_program) {
  const int result = call_for_companion(call, at, errno_of_program);
  if (result >= 0 || errno != ENOENT) return result;
  const Session* session = Session::get();
  return session != nullptr && session->could_cover(at) ? call_while_replaced(call, at, errno_of_program) : -1;
}

int call_for_companion(CallAt call, store::At at, int errno_of_program) {
  if (!store::is_companion_name(store::name_of(at.path)) || Session::get() == nullptr) return -1;
  return call_beside_database(call, at, errno_of_program);
}

int call_for_absent(CallAt call, store::At at) {
  // "", "." and ".." are refused as names, before anything is looked for.
  const std::string_view path(at.path);
  const std::size_t end = path.find_last_not_of('/');
  const bool is_no_name = path.empty() || store::name_of(path.substr(0, end + 1)).empty();
  const store::PathBuffer beside;
  return !is_no_name && beside && store::name_beside(at.path, *beside) ? call(beside->c_str()) : call(at.path);
}

}  // namespace memfile::preload
