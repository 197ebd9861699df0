#include "store/look.hpp"

#include "store/kernel.hpp"
#include "store/store.hpp"

namespace memfile::store {

namespace {

// A dangling link that was made during this boot, and whose store is not here: the store is another mount namespace's,
// a container's with its own /dev/shm, and so is the link.
bool is_of_another_namespace(const RamPath& ram) {
  char boot[directory_size - hash_characters];
  return boot_characters(boot) && ram.directory().substr(hash_characters) == std::string_view(boot, sizeof boot);
}

// statx of the RAM file, in the way that its store's owner calls for.
int describe(const RamPath& ram, struct statx& status) {
  if (ram.user() == kernel::geteuid()) return kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, status);
  const int directory = open_directory(ram);
  if (directory < 0) return directory;
  Text<NAME_MAX + 1> name;
  name << ram.name();
  const int result = kernel::statx(directory, name.c_str(), AT_SYMLINK_NOFOLLOW, status);
  kernel::close(directory);
  return result;
}

Standing judge(uid_t link_owner, const RamPath& ram) {
  StoreText store;
  store << ram.store();
  switch (check_store(store.c_str(), ram.user())) {
    case StoreState::off:
      return Standing::other;
    case StoreState::missing:
      return is_of_another_namespace(ram) ? Standing::other : Standing::dangling;
    case StoreState::trusted:
      break;
  }
  struct statx status {};
  const int result = describe(ram, status);
  const bool is_owners = link_owner == ram.user() || link_owner == 0;
  if (result == -ENOENT) return is_owners ? Standing::dangling : Standing::other;
  if (result != 0 || !S_ISREG(status.stx_mode)) return Standing::other;
  return is_owners || link_owner == status.stx_uid ? Standing::memfile : Standing::other;
}

Standing look_closely(At at, const char* target, ssize_t size, int flags, RamPath& ram) {
  if (size < 0) return size == -ENOENT ? Standing::absent : Standing::other;
  if (!RamPath::parse({target, static_cast<std::size_t>(size)}, ram)) return Standing::other;
  struct statx link {};
  if (kernel::statx(at.dirfd, at.path, flags, link) != 0 || !S_ISLNK(link.stx_mode)) return Standing::other;
  return judge(link.stx_uid, ram);
}

}  // namespace

int open_folder(int dirfd, const char* path, uid_t owner) {
  const int fd = kernel::openat(dirfd, path, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fd;
  struct statx status {};
  const int result = kernel::statx(fd, "", AT_EMPTY_PATH, status);
  if (result == 0 && status.stx_uid == owner && (status.stx_mode & 022) == 0) return fd;
  kernel::close(fd);
  return -EACCES;
}

int open_directory(const RamPath& ram) {
  StoreText store;
  store << ram.store();
  const int store_fd = open_folder(AT_FDCWD, store.c_str(), ram.user());
  if (store_fd < 0) return store_fd;
  Text<directory_size + 1> name;
  name << ram.directory();
  const int fd = open_folder(store_fd, name.c_str(), ram.user());
  kernel::close(store_fd);
  return fd;
}

Approach::Approach(const RamPath& ram)
    : ram_(ram), directory_(ram.user() == kernel::geteuid() ? own : open_directory(ram)) {
  if (directory_ >= 0) path_ << "/proc/self/fd/" << static_cast<std::uint64_t>(directory_) << '/' << ram.name();
}

Approach::~Approach() {
  if (directory_ >= 0) kernel::close(directory_);
}

Standing look(At at, RamPath& ram) {
  char target[max_ram_path];
  const ssize_t size = kernel::readlinkat(at.dirfd, at.path, target, sizeof target);
  return look_closely(at, target, size, AT_SYMLINK_NOFOLLOW, ram);
}

Standing look(int link_fd, RamPath& ram) {
  char target[max_ram_path];
  const ssize_t size = kernel::readlinkat(link_fd, "", target, sizeof target);
  // readlinkat of a descriptor that is no link's says ENOENT.
  return look_closely({link_fd, ""}, target, size == -ENOENT ? -EINVAL : size, AT_EMPTY_PATH, ram);
}

}  // namespace memfile::store
