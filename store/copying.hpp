// Copying one file into another so that nobody could tell them apart: bytes, holes, owner, mode, times, extended
// attributes and with them ACLs.
#pragma once
#include "store/kernel.hpp"

namespace memfile::store {

// Copies what `from` (open for reading, described by `status`) is into `to`, a new and empty file open for writing. 0,
// or -errno: then `to` is of no use. What only the system gives (security.*, trusted.*) is copied where that is
// allowed.
[[nodiscard]] int copy_file(int from, const kernel::Status& status, int to);

}  // namespace memfile::store
