#include "store/dangling.hpp"

#include <linux/fs.h>
#include <unistd.h>

#include "store/folder_entries.hpp"
#include "store/held_path.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

bool clear(int folder_fd) {
  RamPath ram;
  const bool holds_nothing_else = visit_names(folder_fd, [&](const char* name) {
    return look({folder_fd, name}, ram) == Standing::dangling;
  });
  if (!holds_nothing_else || kernel::call(SYS_lseek, folder_fd, 0, SEEK_SET) != 0) return false;
  bool is_any_cleared = false;
  (void)visit_names(folder_fd, [&](const char* name) {
    const bool is_cleared =
        look({folder_fd, name}, ram) == Standing::dangling && clear_dangling({folder_fd, name}, ram);
    is_any_cleared = is_any_cleared || is_cleared;
    return true;
  });
  return is_any_cleared;
}

}  // namespace

bool clear_dangling(At at, const RamPath& ram) {
  const Pooled<HeldPath> link(at);
  const Pooled<RamPath> standing;
  if (!link || !standing || link->fault() != 0) return false;
  const auto is_dangling = [&](At there) {
    return look(there, *standing) == Standing::dangling && standing->view() == ram.view();
  };
  const At in_the_way = link->at();
  const At aside = link->beside();
  if (!is_dangling(in_the_way)) return false;
  if (kernel::renameat(in_the_way.dirfd, in_the_way.path, aside.dirfd, aside.path) != 0) return false;
  if (is_dangling(aside)) {
    kernel::unlinkat(aside.dirfd, aside.path);
    forget_path(ram);
    return true;
  }
  // Healed meanwhile, or another file by now. Where a third has come to stand, neither is ours to destroy: it stays
  // aside.
  const int result = kernel::renameat2(aside.dirfd, aside.path, in_the_way.dirfd, in_the_way.path, RENAME_NOREPLACE);
  if (result == -EINVAL || result == -ENOSYS) {
    (void)kernel::renameat(aside.dirfd, aside.path, in_the_way.dirfd, in_the_way.path);
  }
  return false;
}

bool clear_folder(At folder) {
  const int fd = kernel::openat(folder.dirfd, folder.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  const bool is_any_cleared = clear(fd);
  kernel::close(fd);
  return is_any_cleared;
}

}  // namespace memfile::store
