// A write lease (fcntl(2), F_SETLEASE): the kernel's word that nobody else has a file open, and whoever opens it
// meanwhile waits. Made for processes that are not ours: the lease belongs to the calling thread alone, its signal is
// blocked, and drained before the mask is put back.
#pragma once
#include <cstdint>

#include "store/kernel.hpp"

namespace memfile::store {

class WriteLease {
 public:
  // `fd` is open on a regular file of the effective user's, and the only description of it. Not owned; must outlive
  // this.
  explicit WriteLease(int fd);
  ~WriteLease();
  WriteLease(const WriteLease&) = delete;
  WriteLease& operator=(const WriteLease&) = delete;

  // False: somebody has the file open or mapped, this process perhaps, or the file system knows no leases.
  [[nodiscard]] bool is_held() const { return is_held_; }
  // Somebody waits in open() for the lease to end.
  [[nodiscard]] bool is_asked_back() const;

 private:
  void drain() const;

  int fd_;
  bool is_held_ = false;
  bool was_pending_ = false;
  std::uint64_t mask_before_ = 0;
};

// Whether a descriptor of this process is open on the file. True where that cannot be found out (no /proc). To be asked
// before a file is opened and closed: closing drops the process's fcntl locks on it.
[[nodiscard]] bool is_open_here(const kernel::Status& file);

}  // namespace memfile::store
