#include "store/creation.hpp"

#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/place.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

// The descriptor is for the program: O_LARGEFILE is its to say. Where the store refuses O_DIRECT it is dropped: tmpfs
// never caches twice anyway. It is asked for afterwards, because a create that the kernel refuses for it leaves the
// file behind.
int open_in_store(const char* path, int flags, mode_t mode) {
  const long plain = flags & ~O_DIRECT;
  const long fd = kernel::call(SYS_openat, AT_FDCWD, kernel::word(path), plain, static_cast<long>(mode));
  if (fd >= 0 && (flags & O_DIRECT) != 0) (void)kernel::call(SYS_fcntl, fd, F_SETFL, flags);
  return static_cast<int>(fd);
}

class Draft {
 public:
  Draft(const Settings& settings, At at, int flags, mode_t mode)
      : place_(settings, at), at_(at), flags_(flags | O_CREAT | O_EXCL), mode_(mode) {}

  Creation create() {
    if (place_.find() != 0) return {};
    if (!place_.has_room(mode_)) return {.outcome = Created::no_room};
    fd_ = place_.settle([this](const char* ram) { return open(ram); });
    if (fd_ < 0) return place_.is_made_from_outside() ? adopt() : refused();
    if (place_.give_group(fd_) != 0) return withdraw(Created::refused);
    const int result = place_.publish();
    if (result != 0) return withdraw(result == -EEXIST ? Created::exists : Created::refused);
    return {.outcome = Created::memfile, .fd = fd_};
  }

  Creation heal(const RamPath& dangling) {
    if (place_.find() != 0) return {};
    if (!place_.has_room(mode_)) return {.outcome = Created::no_room};
    // Only a store of our own is made again; a directory in it that is gone stands for whatever it stood for.
    if (dangling.store() != place_.store().path()) return {};
    fd_ = place_.settle_at(dangling, [this](const char* ram) { return open(ram); });
    if (fd_ == -EEXIST) return {.outcome = Created::exists};
    if (fd_ < 0) return refused();
    if (place_.give_group(fd_) != 0) return withdraw(Created::refused);
    RamPath standing;
    const bool is_still_there = look(at_, standing) == Standing::memfile && standing.view() == dangling.view();
    if (!is_still_there) return withdraw(Created::exists);
    note_place(dangling, at_);
    return {.outcome = Created::memfile, .fd = fd_};
  }

 private:
  [[nodiscard]] int open(const char* ram) const { return open_in_store(ram, flags_, mode_); }

  [[nodiscard]] Creation refused() const { return {.outcome = fd_ == -ENOSPC ? Created::no_room : Created::refused}; }

  // Gives the companion that was made from outside its link, as if it had been made here.
  Creation adopt() {
    const int result = place_.publish();
    return {.outcome = result == 0 || result == -EEXIST ? Created::exists : Created::refused};
  }

  Creation withdraw(Created outcome) {
    place_.withdraw();
    kernel::close(fd_);
    return {.outcome = outcome};
  }

  Place place_;
  At at_;
  int flags_;  // the program's, and O_EXCL, which follows no link: O_NOFOLLOW would show in F_GETFL
  mode_t mode_;
  int fd_ = -1;
};

}  // namespace

Creation create(const Settings& settings, At at, int flags, mode_t mode) {
  const Pooled<Draft> draft(settings, at, flags, mode);
  return draft ? draft->create() : Creation{};
}

Creation heal(const Settings& settings, At at, const RamPath& ram, int flags, mode_t mode) {
  const Pooled<Draft> draft(settings, at, flags, mode);
  return draft ? draft->heal(ram) : Creation{};
}

int create_unnamed(const Settings& settings, At folder, int flags, mode_t mode) {
  kernel::Status status{};
  int result = kernel::statx(folder.dirfd, folder.path, 0, status);
  if (result != 0) return result;
  const Pooled<Store> store;
  const PathBuffer path;
  if (!store || !path || !Store::open(settings, kernel::geteuid(), IfMissing::make, *store)) return -ENOENT;
  const Store::Room room = store->room(settings);
  if (!room.is_enough || (!room.is_executable && (mode & 0111) != 0)) return -ENOSPC;
  *path << store->path();
  const int fd = open_in_store(path->c_str(), flags | O_TMPFILE, mode);
  if (fd < 0) return fd;
  result = give_group(status, fd);
  if (result == 0) return fd;
  kernel::close(fd);
  return result;
}

}  // namespace memfile::store
