// A rename over the rules' border: the file's bytes change between RAM and disk before the call, so that at no moment a
// file stands where it should not be. Out of the rules a file goes to the disk, or, where somebody has it open, as it
// is, and is owed. Into the rules a file that nobody has open goes to RAM, and is owed until the rename is done.
#pragma once
#include "preload/session.hpp"
#include "store/at.hpp"
#include "store/ram_path.hpp"

namespace memfile::preload {

class Crossing {
 public:
  // `call` is its name in the log.
  Crossing(const Session& session, const char* call, store::At from, store::At to)
      : session_(session), call_(call), from_(from), to_(to) {}

  // Moves the bytes of the file at `from` to where the rules want them at `to`; nothing where they are there already.
  void cross();
  // The rename has failed: puts them back, or owes them. Leaves errno.
  void go_back();

 private:
  enum class Way { none, to_disk, to_ram };

  const Session& session_;
  const char* call_;
  store::At from_;
  store::At to_;
  store::RamPath ram_;
  Way way_ = Way::none;
};

}  // namespace memfile::preload
