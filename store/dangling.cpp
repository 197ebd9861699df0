#include "store/dangling.hpp"

#include <dirent.h>
#include <linux/fs.h>
#include <unistd.h>

#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

constexpr std::size_t entry_alignment = alignof(dirent64);

// Calls `visit` with each name in the folder but "." and "..". False if it said no, or the folder could not be read.
template <class Visit>
bool visit_names(int folder_fd, const Visit& visit) {
  PathBuffer block;
  if (!block) return false;
  const std::uintptr_t past = reinterpret_cast<std::uintptr_t>(block->buffer()) % entry_alignment;
  char* const entries = block->buffer() + (past == 0 ? 0 : entry_alignment - past);
  constexpr std::size_t capacity = PathText::capacity() - entry_alignment;
  ssize_t size = 0;
  while ((size = kernel::getdents64(folder_fd, entries, capacity)) > 0) {
    const dirent64* entry = nullptr;
    for (ssize_t done = 0; done < size; done += entry->d_reclen) {
      entry = reinterpret_cast<const dirent64*>(entries + done);
      const char* name = static_cast<const char*>(entry->d_name);
      const std::string_view word(name);
      if (word != "." && word != ".." && !visit(name)) return false;
    }
  }
  return size == 0;
}

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

bool clear_folder(At folder) {
  const int fd = kernel::openat(folder.dirfd, folder.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  const bool is_any_cleared = clear(fd);
  kernel::close(fd);
  return is_any_cleared;
}

}  // namespace memfile::store
