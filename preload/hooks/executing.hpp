// Starting programs: the library and its config go with them, whatever environment they are given.
#pragma once
#include "preload/function_ref.hpp"

namespace memfile::preload {

// Calls `start` with `theirs`, or with a copy of it that has what is missing. The copy goes when `start` returns.
[[nodiscard]] int with_environment(char* const* theirs, FunctionRef<int(char* const*)> start);

}  // namespace memfile::preload
