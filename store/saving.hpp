// Saving: a memfile becomes a regular file on disk, at its path.
#pragma once
#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/transfer.hpp"

namespace memfile::store {

// What is on the disk for good when save() returns: the file, or also the folder that names it.
enum class Flush { file, folder };

// Puts a regular file with the same bytes and attributes in the place of the link to `ram` at `at`, and frees the RAM
// file.
[[nodiscard]] Transfer save(At at, const RamPath& ram, Flush flush);

}  // namespace memfile::store
