#include "store/lease.hpp"

#include <csignal>

#include "store/descriptor.hpp"
#include "store/folder_entries.hpp"
#include "store/kernel.hpp"

namespace memfile::store {

namespace {

// Of all signals the one whose default action is to do nothing, in case that it slips through.
constexpr int lease_signal = SIGURG;
constexpr std::uint64_t signal_bit = std::uint64_t{1} << (lease_signal - 1);

struct ThreadOwner {
  int type;
  pid_t id;
};

long control(int fd, int command, long argument) { return kernel::call(SYS_fcntl, fd, command, argument); }

bool is_pending() {
  std::uint64_t pending = 0;
  return kernel::call(SYS_rt_sigpending, kernel::word(&pending), sizeof pending) == 0 && (pending & signal_bit) != 0;
}

}  // namespace

WriteLease::WriteLease(int fd) : fd_(fd) {
  kernel::call(SYS_rt_sigprocmask, SIG_BLOCK, kernel::word(&signal_bit), kernel::word(&mask_before_),
               sizeof signal_bit);
  was_pending_ = is_pending();
  const ThreadOwner owner{F_OWNER_TID, kernel::gettid()};
  is_held_ = control(fd, F_SETOWN_EX, kernel::word(&owner)) == 0 && control(fd, F_SETSIG, lease_signal) == 0 &&
             control(fd, F_SETLEASE, F_WRLCK) == 0;
}

WriteLease::~WriteLease() {
  if (is_held_) control(fd_, F_SETLEASE, F_UNLCK);
  if (!was_pending_) drain();
  kernel::call(SYS_rt_sigprocmask, SIG_SETMASK, kernel::word(&mask_before_), 0, sizeof mask_before_);
}

// The kernel answers with what the lease is to become.
bool WriteLease::is_asked_back() const { return control(fd_, F_GETLEASE, 0) != F_WRLCK; }

void WriteLease::drain() const {
  siginfo_t info{};
  constexpr timespec at_once{};
  const long signal = kernel::call(SYS_rt_sigtimedwait, kernel::word(&signal_bit), kernel::word(&info),
                                   kernel::word(&at_once), sizeof signal_bit);
  if (signal != lease_signal || info.si_fd == fd_) return;
  kernel::call(SYS_tgkill, kernel::getpid(), kernel::gettid(), lease_signal);  // the program's own: give it back
}

bool is_open_here(const kernel::Status& file) {
  const Descriptor descriptors(kernel::openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const bool is_elsewhere =
      descriptors.get() >= 0 && visit_names(descriptors.get(), [&](const char* name) {
        kernel::Status status{};
        return kernel::statx(descriptors.get(), name, 0, status) != 0 || !kernel::are_one_file(status, file);
      });
  return !is_elsewhere;
}

}  // namespace memfile::store
