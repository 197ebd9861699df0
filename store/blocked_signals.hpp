// Keeps signals from the calling thread for a moment: those that come meanwhile are handled afterwards.
#pragma once
#include <csignal>
#include <cstdint>

#include "store/kernel.hpp"

namespace memfile::store {

class BlockedSignals {
 public:
  BlockedSignals() = default;
  ~BlockedSignals() { let(); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

  void block() {
    constexpr Mask all = ~Mask{0};
    if (!are_blocked_) are_blocked_ = set(&all, &former_) == 0;
  }
  void let() {
    if (are_blocked_) set(&former_, nullptr);
    are_blocked_ = false;
  }

 private:
  using Mask = std::uint64_t;  // the kernel's

  static long set(const Mask* mask, Mask* former) {
    return kernel::call(SYS_rt_sigprocmask, SIG_SETMASK, kernel::word(mask), kernel::word(former), sizeof(Mask));
  }

  Mask former_ = 0;
  bool are_blocked_ = false;
};

}  // namespace memfile::store
