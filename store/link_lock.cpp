#include "store/link_lock.hpp"

#include <algorithm>
#include <ctime>
#include <functional>
#include <sys/file.h>
#include <utility>

#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/pooled.hpp"
#include "store/store.hpp"

namespace memfile::store {

namespace {

// Naps between two attempts, in nanoseconds: each twice as long as the one before, so that many who wait do not keep
// each other busy.
constexpr long first_nap = 10'000;
constexpr long longest_nap = 1'000'000;
constexpr long longest_wait = 1'000'000'000;
constexpr long timer_slack = 50'000;  // what a timer adds
// How often a link may change between the look and the lock.
constexpr int most_tries = 16;

std::string_view folder_of(const RamPath* ram) {
  return ram == nullptr ? std::string_view() : ram->view().substr(0, ram->store().size() + 1 + directory_size);
}

void unlock(int& fd) {
  if (fd < 0) return;
  // A child that was forked meanwhile has the descriptor, too: closing ours would not unlock.
  kernel::call(SYS_flock, fd, LOCK_UN);
  kernel::close(fd);
  fd = -1;
}

// Where a link leads, if it may be into a store of the effective user's.
class Leads {
 public:
  explicit Leads(At at) : is_ours_(spells_ram_path(at, ram_) && is_own(ram_)) {}
  [[nodiscard]] const RamPath* get() const { return is_ours_ ? &ram_ : nullptr; }

 private:
  RamPath ram_;
  bool is_ours_;
};

// Also where nothing of ours stands any more. Many who wait for their turn to remove one path would tire otherwise.
bool is_nowhere_but(std::string_view folder, At at) {
  const Pooled<Leads> leads(at);
  return leads && (leads->get() == nullptr || folder_of(leads->get()) == folder);
}

std::size_t hash(std::string_view folder) { return std::hash<std::string_view>{}(folder); }

}  // namespace

LinkLock::LinkLock(At one, const At* other) {
  for (int tries = 0; tries < most_tries; ++tries) {
    const Pooled<Leads> first(one);
    const Pooled<Leads> second(other == nullptr ? one : *other);
    if (!first || !second) break;
    if (first->get() == nullptr && second->get() == nullptr) return;
    take(first->get(), second->get());
    if (is_nowhere_but(folder_of(first->get()), one) &&
        (other == nullptr || is_nowhere_but(folder_of(second->get()), *other))) {
      return;
    }
    release();
  }
  is_tired_ = true;
}

bool LinkLock::holds(const RamPath& ram) const {
  if (is_tired_ || !is_own(ram)) return true;
  const std::size_t folder = hash(folder_of(&ram));
  return folder == folders_[0] || folder == folders_[1];
}

// In the order of their names, so that two renames there and back do not wait for each other.
void LinkLock::take(const RamPath* one, const RamPath* other) {
  std::string_view first = folder_of(one);
  std::string_view second = folder_of(other);
  folders_[0] = hash(first);
  folders_[1] = hash(second);
  if (second < first) std::swap(first, second);
  if (first == second) first = {};
  fds_[0] = lock(first);
  fds_[1] = lock(second);
}

int LinkLock::lock(std::string_view folder) {
  if (folder.empty()) return -1;
  StoreText path;
  path << folder;
  const int fd = kernel::openat(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return -1;
  const bool holds_one = fds_[0] >= 0;
  long nap = first_nap;
  for (long waited = 0; waited < longest_wait; waited += nap + timer_slack) {
    signals_.block();
    if (kernel::call(SYS_flock, fd, LOCK_EX | LOCK_NB) != -EWOULDBLOCK) break;
    if (!holds_one) signals_.let();
    nap = std::min(2 * nap, longest_nap);
    const timespec time{0, nap};
    kernel::call(SYS_nanosleep, kernel::word(&time), 0);
  }
  return fd;
}

void LinkLock::release() {
  unlock(fds_[1]);
  unlock(fds_[0]);
  signals_.let();
}

}  // namespace memfile::store
