// Keeps two processes from taking the same links away at the same time: whoever removes a memfile, or moves one, holds
// its RAM directory (flock) from the last look until the RAM file is freed. Without that a removal could take away a
// link that it never looked at, and leave an orphan. Only ever a matter of orphans: waiting ends after about a second,
// and goes on without the lock, so that a holder that was stopped, or killed between a fork and its end, freezes
// nobody. Signals wait meanwhile: a handler that removes a memfile, too, would wait for the thread that it interrupted,
// and one that jumps away would take the lock along.
#pragma once
#include <cstddef>
#include <string_view>

#include "store/at.hpp"
#include "store/blocked_signals.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

class LinkLock {
 public:
  // Holds the RAM directories that the links at `one` and at `other`, if any, lead to. Both may be in one. In another
  // user's store nothing is held.
  explicit LinkLock(At one, const At* other = nullptr);
  ~LinkLock() { release(); }
  LinkLock(const LinkLock&) = delete;
  LinkLock& operator=(const LinkLock&) = delete;

  // Whether a link to `ram`, found after the lock was taken, is held. If not, it has come since: take the lock again.
  [[nodiscard]] bool holds(const RamPath& ram) const;

 private:
  void take(const RamPath* one, const RamPath* other);
  // A descriptor of the folder, locked if it can be. -1 if there is none.
  [[nodiscard]] int lock(std::string_view folder);
  void release();

  BlockedSignals signals_;
  int fds_[2] = {-1, -1};
  std::size_t folders_[2] = {};  // hashes of the RAM directories' paths
  bool is_tired_ = false;        // goes on without
};

}  // namespace memfile::store
