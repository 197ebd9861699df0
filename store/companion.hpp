// SQLite's companions of a database X: X-wal, X-shm and X-journal. SQLite outside the library follows the link and
// derives their names from the RAM file's, so they stand beside the RAM file of X, whatever that is called. What is
// made there from outside has no link, and is nevertheless the database's: without it a commit is lost, or half of one
// is read.
// In turn a companion is on disk where its database is: in RAM it would be gone after a reboot, and with it what was
// committed, or what puts right the half of a transaction that the database holds.
#pragma once
#include <string_view>

#include "store/at.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

// Whether the name has a companion's form. Cheap.
[[nodiscard]] bool is_companion_name(std::string_view name);

// Whether `at` is named as a companion whose database is on disk: a regular file stands at its path, no memfile. One
// system call, none where the name is no companion's.
[[nodiscard]] bool has_database_on_disk(At at);

// Where the companion at `at` has its RAM file, if a memfile stands at its database's path. False if none does.
[[nodiscard]] bool find_companion_place(At at, RamPath& ram);

// Where nothing stands at `at`: the RAM file that was made from outside in a companion's place, in the effective
// user's store. False if there is none, or a link elsewhere leads to it.
[[nodiscard]] bool find_companion_from_outside(At at, RamPath& ram);

}  // namespace memfile::store
