#include "store/directory_lock.hpp"

#include <ctime>
#include <sys/file.h>
#include <utility>

#include "store/kernel.hpp"
#include "store/store.hpp"

namespace memfile::store {

namespace {

constexpr long pause_nanoseconds = 50'000;
constexpr int most_pauses = 10'000;  // of 50 microseconds and what a timer adds to them: about a second

std::string_view folder_of(const RamPath* ram) {
  return ram == nullptr ? std::string_view() : ram->view().substr(0, ram->store().size() + 1 + directory_size);
}

int lock(std::string_view folder) {
  if (folder.empty()) return -1;
  StoreText path;
  path << folder;
  const int fd = kernel::openat(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return -1;
  for (int pauses = 0; pauses < most_pauses; ++pauses) {
    if (kernel::call(SYS_flock, fd, LOCK_EX | LOCK_NB) != -EWOULDBLOCK) break;
    constexpr timespec pause{0, pause_nanoseconds};
    kernel::call(SYS_nanosleep, kernel::word(&pause), 0);
  }
  return fd;
}

}  // namespace

// In the order of their names, so that two renames there and back do not wait for each other.
DirectoryLock::DirectoryLock(const RamPath* one, const RamPath* other) {
  std::string_view first = folder_of(one);
  std::string_view second = folder_of(other);
  if (second < first) std::swap(first, second);
  if (first == second) first = {};
  fds_[0] = lock(first);
  fds_[1] = lock(second);
}

// A child that was forked meanwhile has the descriptor, too: closing ours would not unlock.
DirectoryLock::~DirectoryLock() {
  for (const int fd : fds_) {
    if (fd < 0) continue;
    kernel::call(SYS_flock, fd, LOCK_UN);
    kernel::close(fd);
  }
}

}  // namespace memfile::store
