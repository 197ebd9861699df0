// A rename over the rules' border: the file's bytes change between RAM and disk before the call, so that at no moment a
// file stands where it should not be. Out of the rules a file goes to the disk, or, where somebody has it open, as it
// is, and is owed. Into the rules a file that nobody has open goes to RAM, and is owed until the rename is done. Where
// a file on disk is replaced, what comes in its place is on disk: a rule leaves what exists there.
#pragma once
#include "preload/outcome.hpp"
#include "preload/session.hpp"
#include "store/at.hpp"
#include "store/ram_path.hpp"

namespace memfile::preload {

class Crossing {
 public:
  Crossing(const Session& session, store::At from, store::At to) : session_(session), from_(from), to_(to) {}

  // Moves the bytes of the file at `from` to where the rules want them at `to`; nothing where they are there already.
  enum class Kind { replacing, exchanging };
  void cross(Kind kind);
  // The rename is done: what belongs on disk, but is open, is owed.
  void settle() const;
  // What kept a file on disk that the rules want in RAM.
  [[nodiscard]] Detour detour() const { return detour_; }
  // The rename has failed: puts them back, or owes them. Leaves errno.
  void go_back();

 private:
  enum class Way { none, to_disk, to_ram };

  const Session& session_;
  store::At from_;
  store::At to_;
  store::RamPath ram_;
  Way way_ = Way::none;
  bool is_owed_ = false;
  Detour detour_ = Detour::none;
};

}  // namespace memfile::preload
