// Removing a folder: one that holds nothing but dangling links is empty to the program, and goes.
#pragma once
#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// Where `real` finds the folder at `at` not empty because of dangling links alone, these are cleared away and the call
// is made again. Fails like real: -1 and errno.
[[nodiscard]] int removing_folder(FunctionRef<int()> real, store::At at);
// The same for a call that removes nothing but folders: about a dangling link it says that nothing is there.
[[nodiscard]] int removing_folder_only(FunctionRef<int()> real, store::At at);

}  // namespace memfile::preload
