// The names in a folder, read in blocks, without the heap.
#pragma once
#include <dirent.h>
#include <fcntl.h>
#include <string_view>

#include "store/at.hpp"
#include "store/kernel.hpp"
#include "store/path_buffer.hpp"

namespace memfile::store {

// A folder's descriptor for its names; -errno. Its access time stays as it was where the user may ask for that: nobody
// asked for it to be read. `more` are further flags of open.
[[nodiscard]] inline int open_unseen(At at, int more = 0) {
  const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | more;
  const int fd = kernel::openat(at.dirfd, at.path, flags | O_NOATIME);
  return fd == -EPERM ? kernel::openat(at.dirfd, at.path, flags) : fd;
}

// Calls `visit` with the name and the type (DT_REG ...) of everything in the folder but "." and "..", from where the
// descriptor stands. False if it said no, or the folder could not be read.
template <class Visit>
[[nodiscard]] bool visit_entries(int folder_fd, const Visit& visit) {
  constexpr std::size_t alignment = alignof(dirent64);
  const PathBuffer block;
  if (!block) return false;
  const std::uintptr_t past = reinterpret_cast<std::uintptr_t>(block->buffer()) % alignment;
  char* const entries = block->buffer() + (past == 0 ? 0 : alignment - past);
  constexpr std::size_t capacity = PathText::capacity() - alignment;
  ssize_t size = 0;
  while ((size = kernel::getdents64(folder_fd, entries, capacity)) > 0) {
    const dirent64* entry = nullptr;
    for (ssize_t done = 0; done < size; done += entry->d_reclen) {
      entry = reinterpret_cast<const dirent64*>(entries + done);
      const char* name = static_cast<const char*>(entry->d_name);
      const std::string_view word(name);
      if (word != "." && word != ".." && !visit(name, entry->d_type)) return false;
    }
  }
  return size == 0;
}

// The same with the name alone.
template <class Visit>
[[nodiscard]] bool visit_names(int folder_fd, const Visit& visit) {
  return visit_entries(folder_fd, [&](const char* name, unsigned char) { return visit(name); });
}

}  // namespace memfile::store
