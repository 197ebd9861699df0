// A dangling link in the way of something else: a folder that is to be made, a name that is to be given. Programs are
// told that nothing stands there, so it has to go; but its RAM file may be made again at any moment.
#pragma once
#include "store/at.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

// Takes the dangling link to `ram` away. It is moved aside, looked at again, and put back if its RAM file has appeared.
// True if the path was free afterwards; false if it is not a dangling link any more, or cannot be moved.
[[nodiscard]] bool clear_dangling(At at, const RamPath& ram);

// The same where the user's own symbolic links lead from `at` to a dangling link, or none does: what is created by such
// a path is created where they end. True if something was taken away.
[[nodiscard]] bool clear_dangling_end(At at);

// Takes all that is in a folder away, if that is dangling links and nothing else; else leaves everything as it is. True
// if something was taken away.
[[nodiscard]] bool clear_folder(At folder);

}  // namespace memfile::store
