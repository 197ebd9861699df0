// The program's own seccomp filters. From just before one is installed everything passes through: a system call that
// its author did not foresee would end the program.
#pragma once
#include "preload/function_ref.hpp"

namespace memfile::preload {

// Whether a filter is in force, or about to be. Filters are for good, and go to children with the rest of the process.
// A vfork child that installs one switches its parent off, too: they share their memory.
[[nodiscard]] bool is_filtered();

// Makes `install`, a call that installs a filter and fails with -1. Everything passes through from before it on; if it
// fails, as before.
long installing_filter(FunctionRef<long()> install);

}  // namespace memfile::preload
