// Whether a RAM file's link is gone from where it was last known, for good: a link that stands elsewhere may be the one
// that was moved there from outside, or a copy of it. Where that cannot be told, nothing is freed.
#pragma once
#include "store/ram_path.hpp"

namespace memfile::store {

// True if the folder of the noted path, else the one that the RAM directory stands for, is there, is the same one,
// and holds no link to the RAM file. Reads the whole folder.
[[nodiscard]] bool is_vacated(const RamPath& ram);

}  // namespace memfile::store
