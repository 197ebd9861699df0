// The system calls that memfile's own steps are made of, entered directly: they reach no libc function, so they can be
// neither interposed nor cancelled, touch no errno, take no lock and use no heap. Each returns what the kernel does: a
// value, or -errno. Names, arguments and meaning are those of section 2 of the manual.
#pragma once
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/time_types.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/vfs.h>

namespace memfile::kernel {

long call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0);

inline long word(const volatile void* pointer) { return static_cast<long>(reinterpret_cast<std::intptr_t>(pointer)); }
// What the kernel writes to.
inline long word(volatile void* pointer) { return static_cast<long>(reinterpret_cast<std::intptr_t>(pointer)); }

// O_LARGEFILE is added, so that 32-bit programs see files of any size; the kernel ignores it elsewhere.
[[nodiscard]] int openat(int dirfd, const char* path, int flags, mode_t mode = 0);
[[nodiscard]] int openat2(int dirfd, const char* path, const open_how& how);
int close(int fd);
[[nodiscard]] ssize_t read(int fd, void* buffer, std::size_t size);
ssize_t write(int fd, const void* buffer, std::size_t size);
[[nodiscard]] ssize_t readlinkat(int dirfd, const char* path, char* buffer, std::size_t size);
[[nodiscard]] int symlinkat(const char* target, int dirfd, const char* path);
int unlinkat(int dirfd, const char* path, int flags = 0);
[[nodiscard]] int renameat(int old_dirfd, const char* old_path, int new_dirfd, const char* new_path);
// -EINVAL where the file system does not know the flags, -ENOSYS where the kernel has no such call (before 3.15).
[[nodiscard]] int renameat2(int old_dirfd, const char* old_path, int new_dirfd, const char* new_path, unsigned flags);
[[nodiscard]] int linkat(int old_dirfd, const char* old_path, int new_dirfd, const char* new_path, int flags);
[[nodiscard]] int mkdirat(int dirfd, const char* path, mode_t mode);
[[nodiscard]] int fchown(int fd, uid_t user, gid_t group);
[[nodiscard]] int fchmod(int fd, mode_t mode);
// What statx(2) tells, without the room that it leaves for later: it stands on small stacks. stx_mask tells whether
// there is a birth time.
struct Status {
  std::uint32_t stx_mask;
  std::uint32_t stx_mode;
  std::uint32_t stx_nlink;
  std::uint32_t stx_uid;
  std::uint32_t stx_gid;
  std::uint32_t stx_dev_major;
  std::uint32_t stx_dev_minor;
  std::uint64_t stx_ino;
  std::uint64_t stx_size;
  std::uint64_t stx_blocks;
  struct statx_timestamp stx_atime;
  struct statx_timestamp stx_btime;
  struct statx_timestamp stx_ctime;
  struct statx_timestamp stx_mtime;
};
[[nodiscard]] inline bool are_on_one_device(const Status& one, const Status& other) {
  return one.stx_dev_major == other.stx_dev_major && one.stx_dev_minor == other.stx_dev_minor;
}
[[nodiscard]] inline bool are_one_file(const Status& one, const Status& other) {
  return one.stx_ino == other.stx_ino && are_on_one_device(one, other);
}
// `flags` is AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH or 0. Where the kernel has no statx (before 4.11), or a filter keeps it
// away, by fstatat: without a birth time.
[[nodiscard]] int statx(int dirfd, const char* path, int flags, Status& status);
[[nodiscard]] int statfs(const char* path, struct statfs64& status);
[[nodiscard]] int fstatfs(int fd, struct statfs64& status);
// Where the next data or hole begins (SEEK_DATA, SEEK_HOLE), or where SEEK_SET went.
[[nodiscard]] std::int64_t lseek(int fd, std::int64_t offset, int whence);
[[nodiscard]] int ftruncate(int fd, std::int64_t size);
[[nodiscard]] int fsync(int fd);
// The kernel's own timespec, of 64 bits also where libc's has 32.
using Time = struct __kernel_timespec;
// `times` is two: of access and of modification.
[[nodiscard]] int futimens(int fd, const Time* times);
// Of the clock that file systems go by.
[[nodiscard]] int now(Time& time);
// Memory, from the beginning of a file or (fd -1) of no file. nullptr if there is none.
[[nodiscard]] void* map(std::size_t size, int protection, int flags, int fd);
[[nodiscard]] ssize_t flistxattr(int fd, char* names, std::size_t size);
[[nodiscard]] ssize_t fgetxattr(int fd, const char* name, void* value, std::size_t size);
[[nodiscard]] int fsetxattr(int fd, const char* name, const void* value, std::size_t size);
// By effective user and group; -ENOSYS before Linux 5.8.
[[nodiscard]] int may_access(int dirfd, const char* path, int mode);
[[nodiscard]] ssize_t getdents64(int fd, void* buffer, std::size_t size);
[[nodiscard]] ssize_t getcwd(char* buffer, std::size_t size);
[[nodiscard]] ssize_t getrandom(void* buffer, std::size_t size);
[[nodiscard]] uid_t geteuid();
[[nodiscard]] pid_t getpid();
[[nodiscard]] pid_t gettid();

// Whether 8 bytes at `address`, rounded down to a multiple of 8, can be read. rt_sigprocmask copies its new mask in
// before it looks at `how`, and an invalid `how` keeps it from doing anything with it.
[[nodiscard]] bool is_readable(const void* address);

}  // namespace memfile::kernel
