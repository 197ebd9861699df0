// Starting programs: the library and its config go with them, whatever environment they are given.
#pragma once
#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// Calls `start` with `theirs`, or with a copy of it that has what is missing. The copy goes when `start` returns.
[[nodiscard]] int with_environment(char* const* theirs, FunctionRef<int(char* const*)> start);

// Called with the path of what is about to be executed, where the call tells it, before every exec and spawn: the one
// place for what a memfile needs before the kernel can execute it. It needs nothing where the store is mounted exec;
// elsewhere the call fails with EACCES. A name that libc looks up in PATH does not come here.
void executable(store::At at);

}  // namespace memfile::preload
