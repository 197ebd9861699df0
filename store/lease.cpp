#include "store/lease.hpp"

#include <csignal>
#include <dirent.h>

#include "store/kernel.hpp"
#include "store/path_buffer.hpp"

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

bool is_open_here(std::uint32_t device_major, std::uint32_t device_minor, std::uint64_t inode) {
  PathBuffer buffer;
  const int fd = kernel::openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return true;
  bool is_open = !buffer;
  ssize_t size = 0;
  while (!is_open && (size = kernel::getdents64(fd, buffer->buffer(), PathText::capacity() & ~7U)) > 0) {
    for (ssize_t done = 0; done < size && !is_open;) {
      const char* entry = buffer->buffer() + done;
      const char* name = entry + offsetof(dirent64, d_name);
      unsigned short entry_size = 0;  // the buffer's alignment is not that of an entry
      std::memcpy(&entry_size, entry + offsetof(dirent64, d_reclen), sizeof entry_size);
      kernel::Status status{};
      is_open = kernel::statx(fd, name, 0, status) == 0 && status.stx_ino == inode &&
                status.stx_dev_major == device_major && status.stx_dev_minor == device_minor;
      done += entry_size;
    }
  }
  kernel::close(fd);
  return is_open || size < 0;
}

}  // namespace memfile::store
