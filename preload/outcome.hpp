// What became of a file that a rule is about, for the log: told once the call is done, from where the file then is.
#pragma once
#include "store/at.hpp"
#include "store/creation.hpp"
#include "store/transfer.hpp"

namespace memfile::preload {

// What the library met where a rule wants a file in RAM.
enum class Detour {
  none,
  no_room,     // in the store
  refused,     // by the store, which is missing or off, or cannot give what the folder wants
  in_use,      // somebody has the file open, or it has another name: it is not moved
  other_name,  // it is another name of a file on disk
};
[[nodiscard]] Detour detour_of(store::Created outcome);
[[nodiscard]] Detour detour_of(const store::Transfer& transfer);

// After a call that has succeeded: the line of the log about the file at `at`, if MEMFILE_LOG asks for one, a rule is
// about the path, and something stands there. Says why where it is not in RAM as its rule wants, or is there without
// one. Leaves errno. Does nothing where there is no log.
void log_outcome(const char* call, store::At at, Detour detour = Detour::none);

}  // namespace memfile::preload
