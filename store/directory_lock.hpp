// Keeps two processes from taking the same links away at the same time: whoever removes a memfile, or moves one, holds
// the RAM directory (flock) from its last look until the RAM file is freed. Without that a removal could take away a
// link that it never looked at, and leave an orphan. Only ever a matter of orphans: waiting ends after a second, and
// goes on without the lock, so that a holder that was stopped or killed between a fork and its end freezes nobody.
#pragma once
#include "store/ram_path.hpp"

namespace memfile::store {

class DirectoryLock {
 public:
  // Either may be nullptr; both may be in one directory. In a store that this user may not read nothing is locked.
  explicit DirectoryLock(const RamPath* one, const RamPath* other = nullptr);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int fds_[2] = {-1, -1};
};

}  // namespace memfile::store
