#include "store/magic_link.hpp"

#include <linux/magic.h>

#include "store/kernel.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

constexpr std::string_view deleted = " (deleted)";

__attribute__((noinline)) bool is_in_proc(At at) {
  const int fd = kernel::openat(at.dirfd, at.path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  struct statfs64 file_system {};
  const bool is_proc = kernel::fstatfs(fd, file_system) == 0 && file_system.f_type == PROC_SUPER_MAGIC;
  kernel::close(fd);
  return is_proc;
}

__attribute__((noinline)) bool leads_to(At at, const RamPath& ram) {
  kernel::Status led_to{};
  kernel::Status status{};
  return kernel::statx(at.dirfd, at.path, 0, led_to) == 0 &&
         kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, status) == 0 && kernel::are_one_file(led_to, status);
}

}  // namespace

bool origin_of_magic_link(At at, PathText& origin) {
  const PathBuffer bytes;
  if (!bytes) return false;
  const ssize_t size = kernel::readlinkat(at.dirfd, at.path, bytes->buffer(), max_ram_path + deleted.size());
  if (size <= 0) return false;
  std::string_view text(bytes->buffer(), static_cast<std::size_t>(size));
  RamPath ram;
  bool is_deleted = text.ends_with(deleted);
  // A file's own name may end that way.
  if (is_deleted && RamPath::parse(text, ram) && leads_to(at, ram)) is_deleted = false;
  if (is_deleted) text.remove_suffix(deleted.size());
  if (!RamPath::parse(text, ram) || !is_in_proc(at) || check_store(ram) != StoreState::trusted) return false;
  if (!is_deleted) return standing_origin(ram, origin);
  if (!store::origin(ram, origin)) return false;
  origin << deleted;
  return !origin.is_cut();
}

}  // namespace memfile::store
