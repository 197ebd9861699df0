// Taking a link away, by a removal or by a rename over it, and freeing its RAM file. No lock, only order: look, act,
// look again. The link is known by its own inode, held O_PATH; unless that has no name left afterwards, nothing is
// freed. A link that did not stand at home, while home or the record still leads to the RAM file, was a copy, and
// nothing is freed.
#pragma once
#include <cstdint>
#include <sys/stat.h>

#include "store/at.hpp"
#include "store/look.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

class Removal {
 public:
  // Looks at what stands at `at`. Cheap where that is no link. Where a link of ours cannot be held (no descriptor is
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
  [[nodiscard]] bool stood_at_home() const;
  [[nodiscard]] bool free_ram_file() const;

  At at_;
  int link_fd_ = -1;
  Standing standing_ = Standing::other;
  RamPath ram_;
  struct statx folder_ {};
  std::uint64_t ram_inode_ = 0;
};

}  // namespace memfile::store
