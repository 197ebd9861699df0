// Where a path turned out to be absent: SQLite's companions may stand beside a RAM file, without a link, if a process
// without the library made them.
#pragma once
#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// The same call for an absolute path. -1 and errno where it fails.
using CallAt = FunctionRef<int(const char* path)>;

// After a call that failed with ENOENT, so that its path can be read: makes it again for the companion that stands
// there, with errno as the program had it. Where there is none: -1, and errno as it is. Costs no system call and no
// stack to speak of where the name is not a companion's.
[[nodiscard]] int call_for_companion(CallAt call, store::At at, int errno_of_program);

}  // namespace memfile::preload
