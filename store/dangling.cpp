#include "store/dangling.hpp"

#include <linux/fs.h>

#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

bool clear_dangling(At at, const RamPath& ram) {
  PathBuffer aside;
  if (!aside || !name_beside(at.path, *aside)) return false;
  if (kernel::renameat(at.dirfd, at.path, at.dirfd, aside->c_str()) != 0) return false;
  const At moved{at.dirfd, aside->c_str()};
  RamPath standing;
  if (look(moved, standing) == Standing::dangling && standing.view() == ram.view()) {
    kernel::unlinkat(moved.dirfd, moved.path);
    forget_path(ram);
    return true;
  }
  // Healed meanwhile, or another file by now. Where a third has come to stand, neither is ours to destroy: it stays
  // aside.
  const int result = kernel::renameat2(moved.dirfd, moved.path, at.dirfd, at.path, RENAME_NOREPLACE);
  if (result == -EINVAL || result == -ENOSYS) (void)kernel::renameat(moved.dirfd, moved.path, at.dirfd, at.path);
  return false;
}

}  // namespace memfile::store
