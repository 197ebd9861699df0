// Opening a path: every variant of open ends here. What is created where a rule says so becomes a memfile; a call that
// would end on one of our links instead of its RAM file is led on.
#pragma once
#include <sys/types.h>

#include "preload/function_ref.hpp"
#include "preload/outcome.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// The next open, with another path and other flags; an absolute path makes the variant's dirfd moot.
using RealOpen = FunctionRef<int(const char* path, int flags)>;

// Fails like open: -1 and errno. `call` is its name in the log. A cancellation point, like open.
[[nodiscard]] int opening(const char* call, RealOpen real, store::At at, int flags, mode_t mode);

// Creates a memfile at `at` if the rules want one and nothing, or a dangling link, stands there. Gives its descriptor,
// or -1: then the caller goes on as if memfile were not there, errno as it was, and tells the log what came of it, with
// the detour.
[[nodiscard]] int creating(const char* call, store::At at, int flags, mode_t mode, Detour& detour);

}  // namespace memfile::preload
