#include "store/look.hpp"

#include <climits>
#include <linux/magic.h>

#include "store/descriptor.hpp"
#include "store/kernel.hpp"
#include "store/store.hpp"

namespace memfile::store {

namespace {

// How often a path may change under our eyes.
constexpr int most_tries = 64;

constexpr std::string_view default_root = Settings{}.root;
constinit const char* trusted_root = Settings{}.root;

// A dangling link that was made during this boot, and whose store is not here: the store is another mount namespace's,
// a container's with its own /dev/shm, and so is the link.
bool is_of_another_namespace(const RamPath& ram) {
  char boot[directory_size - hash_characters];
  return boot_characters(boot) && ram.directory().substr(hash_characters) == std::string_view(boot, sizeof boot);
}

// statx of the RAM file, in the way that its store's owner calls for.
int describe(const RamPath& ram, kernel::Status& status) {
  if (is_own(ram)) return kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, status);
  const int directory = open_directory(ram);
  if (directory < 0) return directory;
  const int result = kernel::statx(directory, ram.c_name(), AT_SYMLINK_NOFOLLOW, status);
  kernel::close(directory);
  return result;
}

Standing judge(uid_t link_owner, const RamPath& ram) {
  switch (check_store(ram)) {
    case StoreState::off:
      return Standing::other;
    case StoreState::missing:
      return is_of_another_namespace(ram) ? Standing::other : Standing::dangling;
    case StoreState::trusted:
      break;
  }
  kernel::Status status{};
  const int result = describe(ram, status);
  const bool is_owners = link_owner == ram.user() || link_owner == 0;
  if (result == -ENOENT) return is_owners ? Standing::dangling : Standing::other;
  if (result != 0 || !S_ISREG(status.stx_mode)) return Standing::other;
  return is_owners || link_owner == status.stx_uid ? Standing::memfile : Standing::other;
}

// The links of /proc/PID/fd and the like lead to RAM files without being ours. Any other link's size is its target's.
__attribute__((noinline)) bool is_magic(At at, int flags, const kernel::Status& link, std::size_t target_size) {
  if (link.stx_size != target_size) return true;
  constexpr std::size_t size_of_magic_links = 64;
  if (link.stx_size != size_of_magic_links) return false;
  struct statfs64 file_system {};
  if ((flags & AT_EMPTY_PATH) != 0) {
    return kernel::fstatfs(at.dirfd, file_system) != 0 || file_system.f_type == PROC_SUPER_MAGIC;
  }
  const int fd = kernel::openat(at.dirfd, at.path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return true;
  const bool is_proc = kernel::fstatfs(fd, file_system) != 0 || file_system.f_type == PROC_SUPER_MAGIC;
  kernel::close(fd);
  return is_proc;
}

// The link's target, if it has the form. `error` is the kernel's where nothing was read.
bool read_target(At at, RamPath& ram, int& error) {
  const PathBuffer target;
  error = -ENOMEM;
  if (!target) return false;
  const ssize_t size = kernel::readlinkat(at.dirfd, at.path, target->buffer(), max_ram_path);
  error = size < 0 ? static_cast<int>(size) : 0;
  return size > 0 && RamPath::parse({target->buffer(), static_cast<std::size_t>(size)}, ram);
}

// Anything but a memfile is believed only of a link that stood there before and after: held, so that no other gets its
// inode number meanwhile. A link goes before its RAM file does, and another may come in its place, to a RAM file of the
// same name. False if something else came to stand there.
__attribute__((noinline)) bool look_closely(At at, RamPath& ram, Standing& standing) {
  const Descriptor link(kernel::openat(at.dirfd, at.path, O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (link.get() == -ENOENT) standing = Standing::absent;
  if (link.get() < 0) return true;  // no descriptor is left: as it seems
  kernel::Status held{};
  standing = Standing::other;
  if (kernel::statx(link.get(), "", AT_EMPTY_PATH, held) != 0 || !S_ISLNK(held.stx_mode)) return true;
  standing = look(link.get(), ram);
  kernel::Status standing_now{};
  const int result = kernel::statx(at.dirfd, at.path, AT_SYMLINK_NOFOLLOW, standing_now);
  return standing == Standing::memfile || (result == 0 && kernel::are_one_file(held, standing_now));
}

// Apart, because most paths are no link of this form, and shall cost little stack.
__attribute__((noinline)) Standing look_at_link(At at, RamPath& ram) {
  kernel::Status link{};
  const bool is_link = kernel::statx(at.dirfd, at.path, AT_SYMLINK_NOFOLLOW, link) == 0 && S_ISLNK(link.stx_mode);
  const bool is_plain = is_link && !is_magic(at, AT_SYMLINK_NOFOLLOW, link, ram.view().size());
  Standing standing = is_plain ? judge(link.stx_uid, ram) : Standing::other;
  if (standing == Standing::memfile) return standing;
  for (int tries = 0; tries < most_tries && !look_closely(at, ram, standing); ++tries) {
  }
  return standing;
}

}  // namespace

void trust_root(const char* root) { trusted_root = root; }

bool is_own(const RamPath& ram) {
  if (ram.user() != kernel::geteuid()) return false;
  const std::string_view root = ram.root();
  return root == default_root || root == trusted_root;
}

int open_folder(int dirfd, const char* path, uid_t owner) {
  const int fd = kernel::openat(dirfd, path, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fd;
  kernel::Status status{};
  const int result = kernel::statx(fd, "", AT_EMPTY_PATH, status);
  if (result == 0 && status.stx_uid == owner && (status.stx_mode & 022) == 0) return fd;
  kernel::close(fd);
  return -EACCES;
}

int open_directory(const RamPath& ram) {
  const PathBuffer store;
  if (!store) return -ENOMEM;
  *store << ram.store();
  const int store_fd = open_folder(AT_FDCWD, store->c_str(), ram.user());
  if (store_fd < 0) return store_fd;
  Text<directory_size + 1> name;
  name << ram.directory();
  const int fd = open_folder(store_fd, name.c_str(), ram.user());
  kernel::close(store_fd);
  return fd;
}

Approach::Approach(const RamPath& ram) : ram_(ram), directory_(is_own(ram) ? own : open_directory(ram)) {
  if (directory_ < 0) return;
  path_.emplace();
  if (*path_) **path_ << "/proc/self/fd/" << static_cast<std::uint64_t>(directory_) << '/' << ram.name();
}

Approach::~Approach() {
  if (directory_ >= 0) kernel::close(directory_);
}

Glance glance(At at) {
  RamPath ram;
  int error = 0;
  if (read_target(at, ram, error)) return Glance::link;
  switch (error) {
    case -ENOENT:
      return Glance::absent;
    case -EFAULT:
      return Glance::bad_pointer;
    default:
      return Glance::other;
  }
}

Spelling spelling_of(At at, RamPath& ram) {
  int error = 0;
  if (read_target(at, ram, error)) return Spelling::ram_path;
  return error == -ENOENT ? Spelling::absent : Spelling::other;
}

Standing look(At at, RamPath& ram) {
  int error = 0;
  if (!read_target(at, ram, error)) return error == -ENOENT ? Standing::absent : Standing::other;
  return look_at_link(at, ram);
}

Standing look(int link_fd, RamPath& ram) {
  const At at{link_fd, ""};
  int ignored = 0;
  if (!read_target(at, ram, ignored)) return Standing::other;
  kernel::Status link{};
  if (kernel::statx(link_fd, "", AT_EMPTY_PATH, link) != 0 || !S_ISLNK(link.stx_mode)) return Standing::other;
  if (is_magic(at, AT_EMPTY_PATH, link, ram.view().size())) return Standing::other;
  return judge(link.stx_uid, ram);
}

}  // namespace memfile::store
