#include "store/kernel.hpp"

#include <linux/stat.h>

namespace memfile::kernel {

#if defined(__x86_64__)
long call(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  long result = 0;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
long call(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 asm("x8") = number;
  register long x0 asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  register long x4 asm("x4") = e;
  register long x5 asm("x5") = f;
  asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}
#else
#error "memfile enters the kernel directly and does not know how to on this architecture yet"
#endif

int openat(int dirfd, const char* path, int flags, mode_t mode) {
  return static_cast<int>(call(SYS_openat, dirfd, word(path), flags | O_LARGEFILE, static_cast<long>(mode)));
}

int openat2(int dirfd, const char* path, const open_how& how) {
  return static_cast<int>(call(SYS_openat2, dirfd, word(path), word(&how), sizeof how));
}

int close(int fd) { return static_cast<int>(call(SYS_close, fd)); }

ssize_t read(int fd, void* buffer, std::size_t size) {
  return call(SYS_read, fd, word(buffer), static_cast<long>(size));
}

ssize_t write(int fd, const void* buffer, std::size_t size) {
  return call(SYS_write, fd, word(buffer), static_cast<long>(size));
}

ssize_t readlinkat(int dirfd, const char* path, char* buffer, std::size_t size) {
  return call(SYS_readlinkat, dirfd, word(path), word(buffer), static_cast<long>(size));
}

int symlinkat(const char* target, int dirfd, const char* path) {
  return static_cast<int>(call(SYS_symlinkat, word(target), dirfd, word(path)));
}

int unlinkat(int dirfd, const char* path, int flags) {
  return static_cast<int>(call(SYS_unlinkat, dirfd, word(path), flags));
}

int renameat(int old_dirfd, const char* old_path, int new_dirfd, const char* new_path) {
#ifdef SYS_renameat
  return static_cast<int>(call(SYS_renameat, old_dirfd, word(old_path), new_dirfd, word(new_path)));
#else
  return renameat2(old_dirfd, old_path, new_dirfd, new_path, 0);
#endif
}

int renameat2(int old_dirfd, const char* old_path, int new_dirfd, const char* new_path, unsigned flags) {
  return static_cast<int>(
      call(SYS_renameat2, old_dirfd, word(old_path), new_dirfd, word(new_path), static_cast<long>(flags)));
}

int linkat(int old_dirfd, const char* old_path, int new_dirfd, const char* new_path, int flags) {
  return static_cast<int>(call(SYS_linkat, old_dirfd, word(old_path), new_dirfd, word(new_path), flags));
}

int mkdirat(int dirfd, const char* path, mode_t mode) {
  return static_cast<int>(call(SYS_mkdirat, dirfd, word(path), static_cast<long>(mode)));
}

int fchown(int fd, uid_t user, gid_t group) {
  return static_cast<int>(call(SYS_fchown, fd, static_cast<long>(user), static_cast<long>(group)));
}

int fchmod(int fd, mode_t mode) { return static_cast<int>(call(SYS_fchmod, fd, static_cast<long>(mode))); }

int statx(int dirfd, const char* path, int flags, Status& status) {
  struct statx all {};
  const long result =
      call(SYS_statx, dirfd, word(path), flags, static_cast<long>(STATX_BASIC_STATS | STATX_BTIME), word(&all));
  if (result != 0) return static_cast<int>(result);
  status = {.stx_mask = all.stx_mask,
            .stx_mode = all.stx_mode,
            .stx_nlink = all.stx_nlink,
            .stx_uid = all.stx_uid,
            .stx_gid = all.stx_gid,
            .stx_dev_major = all.stx_dev_major,
            .stx_dev_minor = all.stx_dev_minor,
            .stx_ino = all.stx_ino,
            .stx_size = all.stx_size,
            .stx_blocks = all.stx_blocks,
            .stx_atime = all.stx_atime,
            .stx_btime = all.stx_btime,
            .stx_ctime = all.stx_ctime,
            .stx_mtime = all.stx_mtime};
  return 0;
}

int statfs(const char* path, struct statfs& status) {
  return static_cast<int>(call(SYS_statfs, word(path), word(&status)));
}

int fstatfs(int fd, struct statfs& status) { return static_cast<int>(call(SYS_fstatfs, fd, word(&status))); }

std::int64_t lseek(int fd, std::int64_t offset, int whence) { return call(SYS_lseek, fd, offset, whence); }

int ftruncate(int fd, std::int64_t size) { return static_cast<int>(call(SYS_ftruncate, fd, size)); }

int fsync(int fd) { return static_cast<int>(call(SYS_fsync, fd)); }

int futimens(int fd, const struct timespec* times) {
  return static_cast<int>(call(SYS_utimensat, fd, 0, word(times), 0));
}

ssize_t flistxattr(int fd, char* names, std::size_t size) {
  return call(SYS_flistxattr, fd, word(names), static_cast<long>(size));
}

ssize_t fgetxattr(int fd, const char* name, void* value, std::size_t size) {
  return call(SYS_fgetxattr, fd, word(name), word(value), static_cast<long>(size));
}

int fsetxattr(int fd, const char* name, const void* value, std::size_t size) {
  return static_cast<int>(call(SYS_fsetxattr, fd, word(name), word(value), static_cast<long>(size), 0));
}

int may_access(int dirfd, const char* path, int mode) {
  return static_cast<int>(call(SYS_faccessat2, dirfd, word(path), mode, AT_EACCESS));
}

ssize_t getdents64(int fd, void* buffer, std::size_t size) {
  return call(SYS_getdents64, fd, word(buffer), static_cast<long>(size));
}

ssize_t getcwd(char* buffer, std::size_t size) { return call(SYS_getcwd, word(buffer), static_cast<long>(size)); }

ssize_t getrandom(void* buffer, std::size_t size) {
  return call(SYS_getrandom, word(buffer), static_cast<long>(size), 0);
}

uid_t geteuid() { return static_cast<uid_t>(call(SYS_geteuid)); }

pid_t getpid() { return static_cast<pid_t>(call(SYS_getpid)); }

pid_t gettid() { return static_cast<pid_t>(call(SYS_gettid)); }

bool is_readable(const void* address) {
  constexpr long no_such_how = -1;
  const auto aligned = reinterpret_cast<std::uintptr_t>(address) & ~std::uintptr_t{7};
  if (aligned == 0) return false;  // to the call, no mask at all
  return call(SYS_rt_sigprocmask, no_such_how, static_cast<long>(aligned), 0, 8) != -EFAULT;
}

}  // namespace memfile::kernel
