// openat2: opening by an open_how, whose RESOLVE_* flags may forbid the very link that a memfile is.
#pragma once
#include <cstddef>
#include <linux/openat2.h>

#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

using RealOpenHow = FunctionRef<int(store::At at, const open_how& how)>;

// The folder of a path is held to the flags; a memfile in it is a regular file to them. Fails like `real`: -1 and
// errno. `call` is its name in the log.
[[nodiscard]] int opening_how(const char* call, RealOpenHow real, store::At at, const open_how& how);

}  // namespace memfile::preload
