#include "preload/companion.hpp"

#include <cerrno>

#include "preload/session.hpp"
#include "store/companion.hpp"

namespace memfile::preload {

namespace {

// Apart, because a RAM path is large.
__attribute__((noinline)) int call_if_found(CallAt call, store::At at, int errno_of_program) {
  store::RamPath ram;
  if (!store::find_companion_from_outside(at, ram)) return -1;
  errno = errno_of_program;
  return call(ram.c_str());
}

}  // namespace

int call_for_companion(CallAt call, store::At at, int errno_of_program) {
  if (!store::is_companion_name(store::name_of(at.path)) || Session::get() == nullptr) return -1;
  return call_if_found(call, at, errno_of_program);
}

}  // namespace memfile::preload
