// Giving a memfile to another user: its link goes with the RAM file, because sticky folders and protected_symlinks
// judge by the link's owner. A link is ours only while its owner is the store's user, root or the RAM file's owner, so
// where it belongs to the last of these alone it is the store's user's for the time in between: killed at any point,
// the memfile stays one.
#pragma once
#include "store/at.hpp"
#include "store/look.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

class Handover {
 public:
  // Looks at what stands at `at`, and holds the link by its descriptor if that is a memfile. Changes nothing.
  explicit Handover(At at);
  ~Handover();
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;

  [[nodiscard]] Standing standing() const { return standing_; }
  [[nodiscard]] const RamPath& ram() const { return ram_; }

  // Before the RAM file's owner is changed.
  void begin();
  // Afterwards, whether that was done or failed: the link takes the owner that the RAM file has now. `ram_path` is a
  // path that reaches the RAM file. What may not be done is left: the link then keeps its owner.
  void finish(const char* ram_path);

 private:
  void give_link_to(uid_t user);

  RamPath ram_;
  Standing standing_;
  int link_ = -1;
  uid_t owner_ = 0;  // the link's
};

}  // namespace memfile::store
