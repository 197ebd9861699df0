// A store that is mounted noexec, as in containers: the kernel executes and maps nothing from there. A memfile that is
// to be executed goes to the disk first.
#pragma once
#include <sys/types.h>

#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// Saves the memfile that `at` leads to, if `mode` has an x bit and its store is mounted noexec: before it is given that
// mode, or mapped by ld.so. True if it is on the disk now. Leaves errno.
bool save_executable(store::At at, mode_t mode);

// Makes a call that executes `at` or asks whether that is possible: 0 or more, or negative and errno. Where it fails
// with EACCES because of a memfile with an x bit in such a store, that is saved and the call made again.
[[nodiscard]] int call_for_execution(FunctionRef<int()> call, store::At at);
// The same for a file that libc looks up in PATH.
[[nodiscard]] int call_for_execution(FunctionRef<int()> call, const char* file);

}  // namespace memfile::preload
