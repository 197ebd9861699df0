// What a store holds, for people: every RAM file, where its link should stand, and whether it does; and the links that
// lead to none. Not for programs that are preloaded: it uses the heap.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace memfile::store {

enum class State {
  linked,    // a link leads to it from its origin, or from beside that
  owed,      // so it does, but no rule covers the path, and it is still to be saved
  orphan,    // none does, and its folder is there
  moved,     // its folder is not where it was: nothing is known
  dangling,  // there is no RAM file: a link stands at the path that leads to where it was
};

struct Entry {
  std::string ram;   // path of the RAM file, for a dangling link that which it leads to
  std::string path;  // its origin; empty if none is known
  State state = State::orphan;
  std::uint64_t size = 0;     // bytes, as stat says
  std::uint64_t held = 0;     // bytes of RAM that it takes
  std::int64_t modified = 0;  // seconds since the epoch; of a dangling link, its own
  std::uint64_t inode = 0;
  std::uint64_t device = 0;  // as makedev() gives it
};

// Calls `visit` with every RAM file of the store, and with the dangling links to such that stand in the folders, or at
// the paths, of which the store has a note; in no order. False if the store cannot be read. After a reboot there is no
// store, and no note.
[[nodiscard]] bool list(const Store& store, const std::function<void(const Entry&)>& visit);

}  // namespace memfile::store
