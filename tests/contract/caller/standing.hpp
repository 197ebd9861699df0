// What stands at a path before a call is made.
#pragma once
#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

enum class Standing {
  nothing,
  file,
  folder,
  link,      // somebody's own, long, and leading nowhere
  dangling,  // ours without its RAM file; nothing, where the path is on disk
};
constexpr Standing standings[] = {Standing::nothing, Standing::file, Standing::folder, Standing::link,
                                  Standing::dangling};
const char* name_of(Standing standing);

// Puts it at the first path, and nothing at the second, whatever is there.
void put(Standing standing, Paths paths);
// Nothing at both, and in the store neither.
void clear(Paths paths);

// Calls `visit` before each call about each thing that may stand at the path: with all in place.
template <class Visit>
void with_each_call(Paths paths, const Visit& visit) {
  for (const Call& call : all_calls()) {
    for (const Standing standing : standings) {
      put(standing, paths);
      visit(call, standing);
    }
  }
  clear(paths);
}

}  // namespace memfile::contract
