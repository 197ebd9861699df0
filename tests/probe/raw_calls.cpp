// Steps that make a system call by syscall(): raw NAME ARG...; and that install seccomp filters.
#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

constexpr long fchmodat2_number = 452;

std::string kind_of(mode_t mode) { return S_ISREG(mode) ? ", file" : S_ISLNK(mode) ? ", link" : ", other"; }

// What a machine has of a call: the call itself; with it, where a newer one stands beside it, that; or the one that
// came in its place.
#ifdef SYS_open
long raw_open(const char* path, int flags, mode_t mode) { return syscall(SYS_open, path, flags, mode); }
long raw_creat(const char* path, mode_t mode) { return syscall(SYS_creat, path, mode); }
long raw_readlink(const char* path, char* text, size_t size) { return syscall(SYS_readlink, path, text, size); }
long raw_unlink(const char* path) { return syscall(SYS_unlink, path); }
long raw_rename(const char* from, const char* to) { return syscall(SYS_rename, from, to); }
long raw_mkdir(const char* path) { return syscall(SYS_mkdir, path, 0755); }
long raw_rmdir(const char* path) { return syscall(SYS_rmdir, path); }
long raw_mknod(const char* path) { return syscall(SYS_mknod, path, S_IFIFO | 0600, 0); }
long raw_symlink(const char* target, const char* path) { return syscall(SYS_symlink, target, path); }
long raw_access(const char* path) { return syscall(SYS_access, path, R_OK); }
long raw_link(const char* path, const char* name) { return syscall(SYS_link, path, name); }
long raw_chown(const char* path) { return syscall(SYS_chown, path, -1, -1); }
long raw_lchown(const char* path) { return syscall(SYS_lchown, path, -1, -1); }
#else
long raw_open(const char* path, int flags, mode_t mode) { return syscall(SYS_openat, AT_FDCWD, path, flags, mode); }
long raw_creat(const char* path, mode_t mode) { return raw_open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
long raw_readlink(const char* path, char* text, size_t size) {
  return syscall(SYS_readlinkat, AT_FDCWD, path, text, size);
}
long raw_unlink(const char* path) { return syscall(SYS_unlinkat, AT_FDCWD, path, 0); }
long raw_rename(const char* from, const char* to) { return syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to); }
long raw_mkdir(const char* path) { return syscall(SYS_mkdirat, AT_FDCWD, path, 0755); }
long raw_rmdir(const char* path) { return syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR); }
long raw_mknod(const char* path) { return syscall(SYS_mknodat, AT_FDCWD, path, S_IFIFO | 0600, 0); }
long raw_symlink(const char* target, const char* path) { return syscall(SYS_symlinkat, target, AT_FDCWD, path); }
long raw_access(const char* path) { return syscall(SYS_faccessat, AT_FDCWD, path, R_OK); }
long raw_link(const char* path, const char* name) { return syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, name, 0); }
long raw_chown(const char* path) { return syscall(SYS_fchownat, AT_FDCWD, path, -1, -1, 0); }
long raw_lchown(const char* path) { return syscall(SYS_fchownat, AT_FDCWD, path, -1, -1, AT_SYMLINK_NOFOLLOW); }
#endif

// The kernel's structures, by where they have the mode.
struct KernelStat {
  char bytes[256];
};
template <class Number>
std::string kind_at(const KernelStat& status, std::size_t place) {
  Number mode = 0;
  std::memcpy(&mode, status.bytes + place, sizeof mode);
  return kind_of(static_cast<mode_t>(mode));
}

std::string raw_fstatat(long number, int flags, const Arguments& a) {
  KernelStat status{};
  const long result = syscall(number, AT_FDCWD, path_of(a[1]), &status, flags);
#ifdef __x86_64__
  constexpr std::size_t place = 24;
#else
  constexpr std::size_t place = 16;
#endif
  return answer(result) + (result == 0 ? kind_at<unsigned>(status, place) : "");
}

#ifdef SYS_stat64
constexpr long fstatat_number = SYS_fstatat64;
// The one of 64 bits, and the one that was there before.
std::string raw_stat(long number, long old_number, const Arguments& a) {
  KernelStat status{};
  std::string text = answer(syscall(number, path_of(a[1]), &status)) + kind_at<unsigned>(status, 16);
  errno = mark;
  KernelStat old_status{};
  text += ", " + answer(syscall(old_number, path_of(a[1]), &old_status));
  return text + kind_at<unsigned short>(old_status, 8);
}
std::string raw_stat(const Arguments& a) { return raw_stat(SYS_stat64, SYS_stat, a); }
std::string raw_lstat(const Arguments& a) { return raw_stat(SYS_lstat64, SYS_lstat, a); }
#else
constexpr long fstatat_number = SYS_newfstatat;
#ifdef SYS_stat
std::string raw_stat(long number, const Arguments& a) {
  struct stat status {};
  const long result = syscall(number, path_of(a[1]), &status);
  return answer(result) + (result == 0 ? kind_of(status.st_mode) : "");
}
std::string raw_stat(const Arguments& a) { return raw_stat(SYS_stat, a); }
std::string raw_lstat(const Arguments& a) { return raw_stat(SYS_lstat, a); }
#else
std::string raw_stat(const Arguments& a) { return raw_fstatat(fstatat_number, 0, a); }
std::string raw_lstat(const Arguments& a) { return raw_fstatat(fstatat_number, AT_SYMLINK_NOFOLLOW, a); }
#endif
#endif

#ifdef SYS_utimensat_time64
constexpr long utimensat_number = SYS_utimensat_time64;
#else
constexpr long utimensat_number = SYS_utimensat;
#endif

std::string raw_statx(const Arguments& a) {
  struct statx status {};
  const long result = syscall(SYS_statx, AT_FDCWD, path_of(a[1]), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &status);
  return answer(result) + (result == 0 ? kind_of(status.stx_mode) : "");
}

std::string raw_readlinks(bool is_at, const Arguments& a) {
  char target[4096];
  const long result = is_at ? syscall(SYS_readlinkat, AT_FDCWD, path_of(a[1]), target, sizeof target)
                            : raw_readlink(path_of(a[1]), target, sizeof target);
  return answer(result);
}

std::string raw_getdents64() {
  alignas(dirent64) char block[8192];
  const int dirfd = open_folder();
  errno = mark;
  const long size = syscall(SYS_getdents64, dirfd, block, sizeof block);
  std::string text = answer(size);
  std::map<std::string, unsigned char> types;
  for (long at = 0; at < size;) {
    const auto* entry = reinterpret_cast<const dirent64*>(block + at);
    types[entry->d_name] = entry->d_type;
    at += entry->d_reclen;
  }
  for (const auto& [name, type] : types) text += ", " + name + " " + std::to_string(type);
  close(dirfd);
  return text;
}

// raw openat2 PATH FLAGS MODE RESOLVE
std::string raw_openat2(const Arguments& a) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags_of(a[2]));
  how.mode = (how.flags & O_CREAT) != 0 ? mode_of(a, 3) : 0;
  how.resolve = a.size() > 4 ? std::stoul(a[4]) : 0;
  const int dirfd = open_folder();
  errno = mark;
  const auto fd = static_cast<int>(syscall(SYS_openat2, dirfd, path_of(a[1]), &how, sizeof how));
  std::string text = keep(fd);
  close_folder(dirfd);
  return text;
}

std::string raw_execve(bool is_at, const Arguments& a) {
  const pid_t pid = fork();
  if (pid != 0) {
    int status = 0;
    waitpid(pid, &status, 0);
    return "status " + std::to_string(status);
  }
  const char* const arguments[] = {"sh", "-c", a[1].c_str(), nullptr};
  const char* const none[] = {nullptr};
  if (is_at) syscall(SYS_execveat, AT_FDCWD, "/bin/sh", arguments, none, 0);
  if (!is_at) syscall(SYS_execve, "/bin/sh", arguments, none);
  _exit(126);
}

// A seventh argument keeps the call clear of the word where the parent is to return from vfork; all that is below it is
// overwritten.
__attribute__((noinline)) void end_vfork_child(long a, long b, long c, long d, long e, long f, long g) {
  volatile char overwritten[512];
  for (volatile char& byte : overwritten) byte = 'x';
  syscall(SYS_exit, a + b + c + d + e + f + g);
}

volatile long one = 1;  // volatile, so that the arguments are passed

__attribute__((noinline)) int status_of_raw_vfork() {
#if defined(__x86_64__)
  const long pid = syscall(SYS_vfork);
#elif defined(__aarch64__)
  const long pid = syscall(SYS_clone, CLONE_VFORK | CLONE_VM | SIGCHLD, 0, 0, 0, 0);
#else
  // Where libc's syscall() keeps registers on the stack, a child may not share that with its parent.
  const long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
#endif
  if (pid == 0) end_vfork_child(one, one, one, one, one, one, one);
  int status = 0;
  waitpid(static_cast<pid_t>(pid), &status, 0);
  return status;
}

// All six words, those on the stack, too.
std::string raw_mmap() {
  FILE* file = tmpfile();
  for (int i = 0; i < 8192; ++i) fputc(i < 4096 ? 'a' : 'b', file);
  fflush(file);
#ifdef SYS_mmap2
  constexpr long number = SYS_mmap2;
  constexpr long offset = 1;  // in pages
#else
  constexpr long number = SYS_mmap;
  constexpr long offset = 4096;
#endif
  const auto* bytes =
      reinterpret_cast<char*>(syscall(number, nullptr, 4096L, PROT_READ, MAP_PRIVATE, fileno(file), offset));
  return std::string(1, bytes[0]);
}

using Raw = std::function<long(const Arguments&)>;

const std::map<std::string, Raw>& plain_calls() {
  static const std::map<std::string, Raw> calls{
      {"unlink", [](const Arguments& a) { return raw_unlink(path_of(a[1])); }},
      {"unlinkat", [](const Arguments& a) { return syscall(SYS_unlinkat, AT_FDCWD, path_of(a[1]), 0); }},
      {"rename", [](const Arguments& a) { return raw_rename(path_of(a[1]), path_of(a[2])); }},
      {"renameat",
       [](const Arguments& a) { return syscall(SYS_renameat, AT_FDCWD, path_of(a[1]), AT_FDCWD, path_of(a[2])); }},
      {"renameat2",
       [](const Arguments& a) { return syscall(SYS_renameat2, AT_FDCWD, path_of(a[1]), AT_FDCWD, path_of(a[2]), 0); }},
      {"mkdir", [](const Arguments& a) { return raw_mkdir(path_of(a[1])); }},
      {"mkdirat", [](const Arguments& a) { return syscall(SYS_mkdirat, AT_FDCWD, path_of(a[1]), 0755); }},
      {"rmdir", [](const Arguments& a) { return raw_rmdir(path_of(a[1])); }},
      {"mknod", [](const Arguments& a) { return raw_mknod(path_of(a[1])); }},
      {"mknodat", [](const Arguments& a) { return syscall(SYS_mknodat, AT_FDCWD, path_of(a[1]), S_IFIFO | 0600, 0); }},
      {"symlink", [](const Arguments& a) { return raw_symlink(path_of(a[1]), path_of(a[2])); }},
      {"symlinkat", [](const Arguments& a) { return syscall(SYS_symlinkat, path_of(a[1]), AT_FDCWD, path_of(a[2])); }},
      {"access", [](const Arguments& a) { return raw_access(path_of(a[1])); }},
      {"faccessat", [](const Arguments& a) { return syscall(SYS_faccessat, AT_FDCWD, path_of(a[1]), R_OK); }},
      {"faccessat2", [](const Arguments& a) { return syscall(SYS_faccessat2, AT_FDCWD, path_of(a[1]), R_OK, 0); }},
      {"chown", [](const Arguments& a) { return raw_chown(path_of(a[1])); }},
      {"lchown", [](const Arguments& a) { return raw_lchown(path_of(a[1])); }},
      {"fchownat", [](const Arguments& a) { return syscall(SYS_fchownat, AT_FDCWD, path_of(a[1]), -1, -1, 0); }},
      {"fchownat-nofollow",
       [](const Arguments& a) {
         return syscall(SYS_fchownat, AT_FDCWD, path_of(a[1]), std::stol(a[2]), -1, AT_SYMLINK_NOFOLLOW);
       }},
      {"chown-to", [](const Arguments& a) { return syscall(SYS_chown, path_of(a[1]), std::stol(a[2]), -1); }},
      {"lchown-to", [](const Arguments& a) { return syscall(SYS_lchown, path_of(a[1]), std::stol(a[2]), -1); }},
      {"chmod", [](const Arguments& a) { return syscall(SYS_chmod, path_of(a[1]), mode_of(a, 2)); }},
      {"fchmodat", [](const Arguments& a) { return syscall(SYS_fchmodat, AT_FDCWD, path_of(a[1]), mode_of(a, 2)); }},
      {"fchmodat2-nofollow",
       [](const Arguments& a) {
         return syscall(fchmodat2_number, AT_FDCWD, path_of(a[1]), mode_of(a, 2), AT_SYMLINK_NOFOLLOW);
       }},
      {"utimensat-nofollow",
       [](const Arguments& a) {
         constexpr timespec times[2] = {{1000, 0}, {2000, 0}};
         return syscall(SYS_utimensat, AT_FDCWD, path_of(a[1]), times, AT_SYMLINK_NOFOLLOW);
       }},
      {"faccessat2-nofollow",
       [](const Arguments& a) { return syscall(SYS_faccessat2, AT_FDCWD, path_of(a[1]), W_OK, AT_SYMLINK_NOFOLLOW); }},
      {"fchmodat2",
       [](const Arguments& a) { return syscall(fchmodat2_number, AT_FDCWD, path_of(a[1]), mode_of(a, 2), 0); }},
      {"utimensat", [](const Arguments& a) { return syscall(utimensat_number, AT_FDCWD, path_of(a[1]), nullptr, 0); }},
      {"futimens", [](const Arguments&) { return syscall(utimensat_number, 1, nullptr, nullptr, 0); }},
      {"link", [](const Arguments& a) { return raw_link(path_of(a[1]), path_of(a[2])); }},
      {"linkat",
       [](const Arguments& a) { return syscall(SYS_linkat, AT_FDCWD, path_of(a[1]), AT_FDCWD, path_of(a[2]), 0); }},
      {"lsetxattr", [](const Arguments& a) { return syscall(SYS_lsetxattr, path_of(a[1]), "user.x", "y", 1, 0); }},
      {"lgetxattr", [](const Arguments& a) { return syscall(SYS_lgetxattr, path_of(a[1]), "user.x", nullptr, 0); }},
      {"llistxattr", [](const Arguments& a) { return syscall(SYS_llistxattr, path_of(a[1]), nullptr, 0); }},
      {"lremovexattr", [](const Arguments& a) { return syscall(SYS_lremovexattr, path_of(a[1]), "user.x"); }},
      {"getpid", [](const Arguments&) { return syscall(SYS_getpid) == getpid() ? 0L : -1L; }},
      {"none", [](const Arguments&) { return syscall(100000); }},
      {"negative", [](const Arguments&) { return syscall(-1); }}};
  return calls;
}

std::string raw(const Arguments& a) {
  const std::string& name = a[0];
  if (name == "open") return keep(static_cast<int>(raw_open(path_of(a[1]), flags_of(a[2]), mode_of(a, 3))));
  if (name == "openat") {
    return keep(static_cast<int>(syscall(SYS_openat, AT_FDCWD, path_of(a[1]), flags_of(a[2]), mode_of(a, 3))));
  }
  if (name == "creat") return keep(static_cast<int>(raw_creat(path_of(a[1]), mode_of(a, 2))));
  if (name == "openat2") return raw_openat2(a);
  if (name == "lstat") return raw_lstat(a);
  if (name == "stat") return raw_stat(a);
  if (name == "newfstatat") return raw_fstatat(fstatat_number, AT_SYMLINK_NOFOLLOW, a);
  if (name == "statx") return raw_statx(a);
  if (name == "readlink") return raw_readlinks(false, a);
  if (name == "readlinkat") return raw_readlinks(true, a);
  if (name == "getdents64") return raw_getdents64();
  if (name == "execve") return raw_execve(false, a);
  if (name == "execveat") return raw_execve(true, a);
  if (name == "vfork") return "status " + std::to_string(status_of_raw_vfork());
  if (name == "mmap") return raw_mmap();
  return answer(plain_calls().at(name)(a));
}

// Ends the program at those calls of the library's that it itself need not make.
std::vector<sock_filter> strict_filter() {
  std::vector<sock_filter> filter{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
#ifdef SYS_stat64
  constexpr std::array numbers{SYS_symlinkat, SYS_readlinkat};  // libc's stat is made of statx
#else
  constexpr std::array numbers{SYS_symlinkat, SYS_statx, SYS_readlinkat};
#endif
  for (const int number : numbers) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return filter;
}

// filter HOW: installs the strict filter; "refused" ones are no filters.
std::string install_filter(const Arguments& a) {
  std::vector<sock_filter> filter = strict_filter();
  sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  errno = mark;
  const std::string& how = a[0];
  if (how == "prctl") return answer(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0));
  if (how == "raw_prctl") return answer(syscall(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0));
  if (how == "raw_seccomp") return answer(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
  if (how == "refused_prctl") return answer(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr, 0, 0));
  if (how == "refused_seccomp") return answer(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, nullptr));
  if (how == "asked_seccomp") {
    const unsigned action = SECCOMP_RET_KILL_PROCESS;
    return answer(syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action));
  }
  return "there is no such way";
}

}  // namespace

Steps raw_steps() {
  Steps s;
  s["raw"] = raw;
  s["filter"] = install_filter;
  return s;
}

}  // namespace memfile::probe
