// Taking a link away, by a removal or by a rename over it, and freeing its RAM file: look, act, look again. The link is
// known by its own inode, held O_PATH; unless that has no name left afterwards, nothing is freed. A link that stood
// neither at home nor where the record says was moved from outside, or is a copy: nothing is freed while home or the
// record leads to the RAM file, or another link could stand in that folder (store/vacancy.hpp). So a race frees nothing
// that it should not; that it leaves no orphan either, store/link_lock.hpp sees to.
#pragma once
#include <cstdint>

#include "store/at.hpp"
#include "store/kernel.hpp"
#include "store/link_lock.hpp"
#include "store/look.hpp"
#include "store/pooled.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

class Removal {
 public:
  // Looks at what stands at `at`. Where a link of ours cannot be held (no descriptor is
  // left) its RAM file becomes an orphan.
  explicit Removal(At at);
  ~Removal();
  Removal(const Removal&) = delete;
  Removal& operator=(const Removal&) = delete;

  [[nodiscard]] Standing standing() const { return standing_; }
  [[nodiscard]] const RamPath& ram() const { return ram_; }

  // After the call that took the link away. True if the RAM file was freed.
  bool finish();

 private:
  [[nodiscard]] bool is_link_gone() const;
  [[nodiscard]] bool stood_at_home() const;
  [[nodiscard]] bool stood_at_noted_path() const;
  [[nodiscard]] bool was_the_last() const;
  [[nodiscard]] bool free_ram_file() const;

  At at_;
  int link_fd_ = -1;
  Standing standing_ = Standing::other;
  RamPath ram_;
  kernel::Status folder_{};
  std::uint64_t ram_inode_ = 0;
};

// Calls `act(removal)` for what stands at `at`, with its link locked. False if there is no memory for that.
template <class Act>
[[nodiscard]] bool with_removal(At at, const Act& act) {
  constexpr int most_tries = 16;
  for (int tries = 1;; ++tries) {
    const LinkLock lock(at);
    const Pooled<Removal> removal(at);
    if (!removal) return false;
    // Come to stand there since: it is not locked.
    if (tries < most_tries && removal->standing() == Standing::memfile && !lock.holds(removal->ram())) continue;
    act(*removal);
    return true;
  }
}

}  // namespace memfile::store
