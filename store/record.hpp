// What a store notes about where its links stand: a folder for each RAM directory, and a path for each RAM file whose
// own name does not tell it: `DIRECTORY/NAME`, where DIRECTORY is what a RAM directory for that folder would be called,
// and its folder is noted, too. A folder that is renamed is still the one that is meant. Notes are symbolic links:
// atomic to replace, readable with `ls -l`. They are hints, written after the change that they describe; no RAM file is
// freed on their word alone. In another user's store they are reached step by step, so that no link planted there leads
// out of it.
#pragma once
#include <string_view>
#include <sys/types.h>

#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/store.hpp"

namespace memfile::store {

// Notes that `directory` stands for the folder `folder` (absolute), unless that is noted already. False if the store
// did not take it, as of every function here that notes something.
bool note_folder(const Store& store, std::string_view directory, std::string_view folder);
// The folder that the RAM file's directory stands for. False if it is not noted.
[[nodiscard]] bool noted_folder(const RamPath& ram, PathText& folder);

// The path that is noted for a RAM file; false if none is.
[[nodiscard]] bool noted_path(const RamPath& ram, PathText& path);
// Whether the noted path is in this very folder, wherever that is by now; and whether it has that name.
[[nodiscard]] bool is_noted_folder(const RamPath& ram, const kernel::Status& folder);
[[nodiscard]] bool is_noted_name(const RamPath& ram, std::string_view name);
// Drops the noted path, and what is owed with it.
void forget_path(const RamPath& ram);

// Notes that the memfile, whose link stands at `at`, is owed to the disk: no rule covers it, and it is still to be
// saved.
bool note_owed(const RamPath& ram, At at);
[[nodiscard]] bool is_owed(const RamPath& ram);

// Where a RAM file's link stands, as last known: the noted path, else its own name in the noted folder.
[[nodiscard]] bool origin(const RamPath& ram, PathText& path);

// The same, of the two the one that leads to it now. False if neither does.
[[nodiscard]] bool standing_origin(const RamPath& ram, PathText& path);

// Whether the RAM file's home or its noted path leads to it.
[[nodiscard]] bool is_led_to(const RamPath& ram);

// Brings the notes up to date after a memfile's link came to stand at `at`, by a rename or under a stand-in name; it is
// owed no more.
bool note_place(const RamPath& ram, At at);

}  // namespace memfile::store
