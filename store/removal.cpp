#include "store/removal.hpp"

#include <cerrno>

#include "store/kernel.hpp"
#include "store/record.hpp"
#include "store/store.hpp"
#include "store/vacancy.hpp"

namespace memfile::store {

Removal::Removal(At at) : at_(at) {
  const Spelling spelling = spelling_of(at, ram_);
  if (spelling == Spelling::absent) standing_ = Standing::absent;
  if (spelling != Spelling::ram_path) return;
  link_fd_ = kernel::openat(at.dirfd, at.path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  standing_ = link_fd_ < 0 ? look(at, ram_) : look(link_fd_, ram_);
  if (standing_ != Standing::memfile) return;
  kernel::Status ram{};
  const Approach approach(ram_);
  if (kernel::statx(AT_FDCWD, approach.c_str(), AT_SYMLINK_NOFOLLOW, ram) == 0) ram_inode_ = ram.stx_ino;
  PathBuffer folder;
  if (folder && folder_of(at.path, *folder)) (void)kernel::statx(at.dirfd, folder->c_str(), 0, folder_);
}

Removal::~Removal() {
  if (link_fd_ >= 0) kernel::close(link_fd_);
}

// FUSE and network file systems say of a file without a name that there is none, rather than that it has none.
bool Removal::is_link_gone() const {
  kernel::Status link{};
  const int result = kernel::statx(link_fd_, "", AT_EMPTY_PATH, link);
  return result == 0 ? link.stx_nlink == 0 : result == -ENOENT || result == -ESTALE;
}

bool Removal::finish() {
  if (link_fd_ < 0 || standing_ != Standing::memfile || !is_link_gone()) return false;
  if (!was_the_last()) return false;
  if (!free_ram_file()) return false;
  forget_path(ram_);
  return true;
}

bool Removal::was_the_last() const {
  if (stood_at_home()) return true;
  return !is_led_to(ram_) && (stood_at_noted_path() || is_vacated(ram_));
}

bool Removal::stood_at_noted_path() const {
  return is_noted_name(ram_, name_of(at_.path)) && is_noted_folder(ram_, folder_);
}

bool Removal::stood_at_home() const {
  Store store;
  if (folder_.stx_ino == 0 || !Store::open(ram_, store)) return false;
  return store.is_directory_of(folder_, ram_.directory()) && ram_.name() == name_of(at_.path);
}

// Only the RAM file that the link led to when it was looked at: its name may have been given to another meanwhile.
bool Removal::free_ram_file() const {
  const int directory = open_directory(ram_);
  if (directory < 0) return false;
  kernel::Status ram{};
  const bool is_the_same =
      kernel::statx(directory, ram_.c_name(), AT_SYMLINK_NOFOLLOW, ram) == 0 && ram.stx_ino == ram_inode_;
  const bool is_freed = is_the_same && kernel::unlinkat(directory, ram_.c_name()) == 0;
  kernel::close(directory);
  return is_freed;
}

}  // namespace memfile::store
