#include "store/kernel.hpp"

#include <ctime>
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
#elif defined(__arm__)
// In assembly alone: with a frame pointer, r7 is the compiler's own. Four words come in registers, the others behind.
__attribute__((naked)) long call(long /*number*/, long /*a*/, long /*b*/, long /*c*/, long /*d*/, long /*e*/,
                                 long /*f*/) {
  asm("mov ip, sp\n\t"
      "push {r4, r5, r6, r7}\n\t"
      "mov r7, r0\n\t"
      "mov r0, r1\n\t"
      "mov r1, r2\n\t"
      "mov r2, r3\n\t"
      "ldm ip, {r3, r4, r5}\n\t"
      "svc #0\n\t"
      "pop {r4, r5, r6, r7}\n\t"
      "bx lr");
}
#elif defined(__i386__)
// In assembly alone: the sixth word goes into the frame pointer. All seven lie behind the four saved and the return.
__attribute__((naked)) long call(long /*number*/, long /*a*/, long /*b*/, long /*c*/, long /*d*/, long /*e*/,
                                 long /*f*/) {
  asm("push %ebp\n\t"
      "push %edi\n\t"
      "push %esi\n\t"
      "push %ebx\n\t"
      "mov 20(%esp), %eax\n\t"
      "mov 24(%esp), %ebx\n\t"
      "mov 28(%esp), %ecx\n\t"
      "mov 32(%esp), %edx\n\t"
      "mov 36(%esp), %esi\n\t"
      "mov 40(%esp), %edi\n\t"
      "mov 44(%esp), %ebp\n\t"
      "int $0x80\n\t"
      "pop %ebx\n\t"
      "pop %esi\n\t"
      "pop %edi\n\t"
      "pop %ebp\n\t"
      "ret");
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
#ifdef SYS_fchown32
  constexpr long number = SYS_fchown32;  // the other has users of 16 bits
#else
  constexpr long number = SYS_fchown;
#endif
  return static_cast<int>(call(number, fd, static_cast<long>(user), static_cast<long>(group)));
}

int fchmod(int fd, mode_t mode) { return static_cast<int>(call(SYS_fchmod, fd, static_cast<long>(mode))); }

namespace {

statx_timestamp stamp_of(const timespec& time) {
  statx_timestamp stamp{};
  stamp.tv_sec = time.tv_sec;
  stamp.tv_nsec = static_cast<std::uint32_t>(time.tv_nsec);
  return stamp;
}

// glibc's struct stat64 is the kernel's, here and of all architectures that are known above.
__attribute__((noinline)) int ask_fstatat(int dirfd, const char* path, int flags, Status& status) {
#ifdef SYS_newfstatat
  constexpr long number = SYS_newfstatat;
#else
  constexpr long number = SYS_fstatat64;
#endif
  struct stat64 all {};
  const long result = call(number, dirfd, word(path), word(&all), flags);
  if (result != 0) return static_cast<int>(result);
  const std::uint64_t device = all.st_dev;
  status = {.stx_mask = STATX_BASIC_STATS,
            .stx_mode = all.st_mode,
            .stx_nlink = static_cast<std::uint32_t>(all.st_nlink),
            .stx_uid = all.st_uid,
            .stx_gid = all.st_gid,
            .stx_dev_major = static_cast<std::uint32_t>((device >> 8U & 0xfffU) | (device >> 32U & ~0xfffU)),
            .stx_dev_minor = static_cast<std::uint32_t>((device & 0xffU) | (device >> 12U & ~0xffU)),
            .stx_ino = all.st_ino,
            .stx_size = static_cast<std::uint64_t>(all.st_size),
            .stx_blocks = static_cast<std::uint64_t>(all.st_blocks),
            .stx_atime = stamp_of(all.st_atim),
            .stx_btime = {},
            .stx_ctime = stamp_of(all.st_ctim),
            .stx_mtime = stamp_of(all.st_mtim)};
  return 0;
}

// After statx failed; filters that do not know the call say EPERM, which it never does. The words are in the order and
// of the size that they have in the call: so they stay in their registers, and statx needs no room to keep them.
__attribute__((noinline)) int describe_without_statx(long dirfd, const char* path, long flags, Status& status,
                                                     long error) {
  if (error != -ENOSYS && error != -EPERM) return static_cast<int>(error);
  return ask_fstatat(static_cast<int>(dirfd), path, static_cast<int>(flags), status);
}

}  // namespace

int statx(int dirfd, const char* path, int flags, Status& status) {
  const long folder = dirfd;
  const long how = flags;
  long result = 0;
  // In a scope of its own, so that its room is given up before anything else is called: this is on small stacks.
  {
    struct statx all;  // for the kernel to write
    result = call(SYS_statx, folder, word(path), how, static_cast<long>(STATX_BASIC_STATS | STATX_BTIME), word(&all));
    if (result == 0) {
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
  }
  return describe_without_statx(folder, path, how, status, result);
}

int statfs(const char* path, struct statfs64& status) {
#ifdef SYS_statfs64
  return static_cast<int>(call(SYS_statfs64, word(path), sizeof status, word(&status)));
#else
  return static_cast<int>(call(SYS_statfs, word(path), word(&status)));
#endif
}

int fstatfs(int fd, struct statfs64& status) {
#ifdef SYS_fstatfs64
  return static_cast<int>(call(SYS_fstatfs64, fd, sizeof status, word(&status)));
#else
  return static_cast<int>(call(SYS_fstatfs, fd, word(&status)));
#endif
}

std::int64_t lseek(int fd, std::int64_t offset, int whence) {
#ifdef SYS__llseek
  std::int64_t place = 0;
  const long result =
      call(SYS__llseek, fd, static_cast<long>(offset >> 32), static_cast<long>(offset), word(&place), whence);
  return result < 0 ? result : place;
#else
  return call(SYS_lseek, fd, offset, whence);
#endif
}

int ftruncate(int fd, std::int64_t size) {
#if defined(__arm__)
  // A pair of words begins with an even register.
  return static_cast<int>(call(SYS_ftruncate64, fd, 0, static_cast<long>(size), static_cast<long>(size >> 32)));
#elif defined(SYS_ftruncate64)
  return static_cast<int>(call(SYS_ftruncate64, fd, static_cast<long>(size), static_cast<long>(size >> 32)));
#else
  return static_cast<int>(call(SYS_ftruncate, fd, size));
#endif
}

int fsync(int fd) { return static_cast<int>(call(SYS_fsync, fd)); }

int futimens(int fd, const Time* times) {
#ifdef SYS_utimensat_time64
  const long result = call(SYS_utimensat_time64, fd, 0, word(times), 0);
  if (result != -ENOSYS) return static_cast<int>(result);
  const timespec old[] = {{static_cast<time_t>(times[0].tv_sec), static_cast<long>(times[0].tv_nsec)},
                          {static_cast<time_t>(times[1].tv_sec), static_cast<long>(times[1].tv_nsec)}};
  return static_cast<int>(call(SYS_utimensat, fd, 0, word(old), 0));
#else
  return static_cast<int>(call(SYS_utimensat, fd, 0, word(times), 0));
#endif
}

int now(Time& time) {
#ifdef SYS_clock_gettime64
  const long result = call(SYS_clock_gettime64, CLOCK_REALTIME, word(&time));
  if (result != -ENOSYS) return static_cast<int>(result);
  timespec old{};
  if (call(SYS_clock_gettime, CLOCK_REALTIME, word(&old)) != 0) return -ENOSYS;
  time = {.tv_sec = old.tv_sec, .tv_nsec = old.tv_nsec};
  return 0;
#else
  return static_cast<int>(call(SYS_clock_gettime, CLOCK_REALTIME, word(&time)));
#endif
}

void* map(std::size_t size, int protection, int flags, int fd) {
#ifdef SYS_mmap2
  constexpr long number = SYS_mmap2;
#else
  constexpr long number = SYS_mmap;
#endif
  const long address = call(number, 0, static_cast<long>(size), protection, flags, fd, 0);
  return address < 0 && address > -4096 ? nullptr : reinterpret_cast<void*>(address);
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

uid_t geteuid() {
#ifdef SYS_geteuid32
  return static_cast<uid_t>(call(SYS_geteuid32));
#else
  return static_cast<uid_t>(call(SYS_geteuid));
#endif
}

pid_t getpid() { return static_cast<pid_t>(call(SYS_getpid)); }

pid_t gettid() { return static_cast<pid_t>(call(SYS_gettid)); }

bool is_readable(const void* address) {
  constexpr long no_such_how = -1;
  const auto aligned = reinterpret_cast<std::uintptr_t>(address) & ~std::uintptr_t{7};
  if (aligned == 0) return false;  // to the call, no mask at all
  return call(SYS_rt_sigprocmask, no_such_how, static_cast<long>(aligned), 0, 8) != -EFAULT;
}

}  // namespace memfile::kernel
