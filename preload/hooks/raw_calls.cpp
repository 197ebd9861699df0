// syscall(): a raw call about a path goes to the hook that the libc function of its name has. All others are passed on
// as they came, by raw_calls_entry.cpp.
#include "preload/hooks/raw_calls.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <dirent.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utility>

#include "preload/cancellation.hpp"
#include "preload/filter.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "preload/symbols_time64.hpp"
#include "preload/target.hpp"
#include "store/kernel.hpp"

// Of glibc since 2.43; here the hook.
extern "C" int openat2(int dirfd, const char* path, const open_how* how, size_t size);
// Of 32 bits; no header declares it.
extern "C" int __utimensat64(int dirfd, const char* path, const void* times, int flags) noexcept;

namespace memfile::preload {

namespace {

// The six that a call may have; those that it has not are whatever stood there.
using Words = std::array<long, 6>;
using Handler = long (*)(const Words& words);

__attribute__((noinline)) long forward(long number, const Words& w) {
  return next.syscall(number, w[0], w[1], w[2], w[3], w[4], w[5]);
}

template <class Parameter>
Parameter word_as(long word) {
  if constexpr (std::is_pointer_v<Parameter>) {
    return reinterpret_cast<Parameter>(static_cast<std::intptr_t>(word));
  } else {
    return static_cast<Parameter>(word);
  }
}

template <class Result, class... Parameters, std::size_t... Index>
long pass_to(Result (*function)(Parameters...), const Words& words, std::index_sequence<Index...>) {
  return static_cast<long>(function(word_as<Parameters>(words[Index])...));
}

template <class Result, class... Parameters>
long pass_to(Result (*function)(Parameters...), const Words& words) {
  return pass_to(function, words, std::index_sequence_for<Parameters...>{});
}

// For a call whose words are the parameters of the libc function.
template <auto Function>
long by(const Words& words) {
  return pass_to(Function, words);
}

// The same for a newer call, which libc makes do without: the program asked the kernel, and is to hear if that has
// none. Asked once, with words that are none.
template <long Number, auto Function>
long by_newer(const Words& words) {
  enum class Answer { unknown, yes, no };
  static constinit std::atomic<Answer> known{Answer::unknown};
  Answer answer = known.load(std::memory_order_relaxed);
  if (answer == Answer::unknown) {
    answer = kernel::call(Number, -1, -1, -1, -1, -1, -1) == -ENOSYS ? Answer::no : Answer::yes;
    known.store(answer, std::memory_order_relaxed);
  }
  return answer == Answer::yes ? pass_to(Function, words) : forward(Number, words);
}

// The others. What opens is no cancellation point by its number.
template <auto Function>
long by_uncancelled(const Words& words) {
  const Uncancelled uncancelled;
  return pass_to(Function, words);
}

#ifdef SYS_open
long by_open(const Words& w) {
  const Uncancelled uncancelled;
  return open(word_as<const char*>(w[0]), static_cast<int>(w[1]), static_cast<mode_t>(w[2]));
}
#endif

long by_openat(const Words& w) {
  const Uncancelled uncancelled;
  return openat(static_cast<int>(w[0]), word_as<const char*>(w[1]), static_cast<int>(w[2]), static_cast<mode_t>(w[3]));
}

// The raw call has no flags. libc tries faccessat2 first, and where that is missing errno says so after a success, too.
long by_faccessat(const Words& w) {
  const int errno_of_program = errno;
  const int result = faccessat(static_cast<int>(w[0]), word_as<const char*>(w[1]), static_cast<int>(w[2]), 0);
  if (result == 0) errno = errno_of_program;
  return result;
}

long by_fchmodat(const Words& w) {
  return fchmodat(static_cast<int>(w[0]), word_as<const char*>(w[1]), static_cast<mode_t>(w[2]), 0);
}

// libc's knows only this flag, and does without the call where the kernel has none.
constexpr long fchmodat2_number = 452;
long by_fchmodat2(const Words& w) {
  if (w[3] != AT_SYMLINK_NOFOLLOW) return forward(fchmodat2_number, w);
  return by<&fchmodat>(w);
}

// Without a path it is futimens.
long by_utimensat(const Words& w) { return w[1] == 0 ? forward(SYS_utimensat, w) : by<&utimensat>(w); }

long by_prctl(const Words& w) {
  const auto real = [&] { return forward(SYS_prctl, w); };
  return static_cast<int>(w[0]) == PR_SET_SECCOMP ? installing_filter(real) : real();
}

long by_seccomp(const Words& w) {
  const auto real = [&] { return forward(SYS_seccomp, w); };
  const auto operation = static_cast<unsigned>(w[0]);
  const bool installs = operation == SECCOMP_SET_MODE_STRICT || operation == SECCOMP_SET_MODE_FILTER;
  return installs ? installing_filter(real) : real();
}

#ifdef SYS_stat64
// libc has nothing of this structure.
long by_old_lstat(const Words& w) {
  const auto real = [&](store::At at) {
    return static_cast<int>(next.syscall(SYS_lstat, reinterpret_cast<long>(at.path), w[1], w[2], w[3], w[4], w[5]));
  };
  return acting_on_target(real, {AT_FDCWD, word_as<const char*>(w[0])});
}

// 16 bits, of which all set stands for none.
template <auto Function>
long by_short_users(const Words& w) {
  constexpr long none = 0xffff;
  const auto whole = [](long user) { return (user & none) == none ? -1L : user & none; };
  return pass_to(Function, {w[0], whole(w[1]), whole(w[2])});
}

long by_utimensat64(const Words& w) { return w[1] == 0 ? forward(SYS_utimensat_time64, w) : by<&__utimensat64>(w); }
#endif

struct Row {
  long number;
  Handler handler;
};

// A row for each call that a hook is there for. Newer architectures have none of the first group.
constexpr Row rows[] = {
#ifdef SYS_open
    {SYS_open, by_open},
    {SYS_creat, by_uncancelled<&creat>},
    {SYS_access, by<&access>},
    {SYS_chmod, by<&chmod>},
    {SYS_unlink, by<&unlink>},
    {SYS_rename, by<&rename>},
    {SYS_link, by<&link>},
    {SYS_readlink, by<&readlink>},
    {SYS_symlink, by<&symlink>},
    {SYS_mkdir, by<&mkdir>},
    {SYS_mknod, by<&mknod>},
    {SYS_rmdir, by<&rmdir>},
#endif
// A structure, and numbers of users, that libc's functions have, too; or older ones, and the newer beside them.
#ifdef SYS_stat64
    {SYS_stat64, by<static_cast<int (*)(const char*, struct stat64*)>(&stat64)>},
    {SYS_lstat64, by<static_cast<int (*)(const char*, struct stat64*)>(&lstat64)>},
    {SYS_fstatat64, by<&fstatat64>},
    {SYS_lstat, by_old_lstat},
    {SYS_chown32, by<&chown>},
    {SYS_lchown32, by<&lchown>},
    {SYS_chown, by_short_users<&chown>},
    {SYS_lchown, by_short_users<&lchown>},
    {SYS_utimensat_time64, by_utimensat64},
#elif defined(SYS_stat)
    {SYS_stat, by<static_cast<int (*)(const char*, struct stat*)>(&stat)>},
    {SYS_lstat, by<static_cast<int (*)(const char*, struct stat*)>(&lstat)>},
    {SYS_chown, by<&chown>},
    {SYS_lchown, by<&lchown>},
#endif
#ifdef SYS_newfstatat
    {SYS_newfstatat, by<&fstatat>},
#endif
#ifdef SYS_renameat
    {SYS_renameat, by<&renameat>},
#endif
    {SYS_openat, by_openat},
    {SYS_openat2, by_uncancelled<&openat2>},
    {SYS_statx, by_newer<SYS_statx, &statx>},
    {SYS_unlinkat, by<&unlinkat>},
    {SYS_renameat2, by_newer<SYS_renameat2, &renameat2>},
    {SYS_linkat, by<&linkat>},
    {SYS_readlinkat, by<&readlinkat>},
    {SYS_symlinkat, by<&symlinkat>},
    {SYS_fchownat, by<&fchownat>},
    {fchmodat2_number, by_fchmodat2},
    {SYS_utimensat, by_utimensat},
    {SYS_lgetxattr, by<&lgetxattr>},
    {SYS_lsetxattr, by<&lsetxattr>},
    {SYS_llistxattr, by<&llistxattr>},
    {SYS_lremovexattr, by<&lremovexattr>},
    {SYS_getdents64, by<&getdents64>},
    {SYS_faccessat, by_faccessat},
    {SYS_fchmodat, by_fchmodat},
    {SYS_faccessat2, by_newer<SYS_faccessat2, &faccessat>},
    {SYS_mkdirat, by<&mkdirat>},
    {SYS_mknodat, by<&mknodat>},
    {SYS_execve, by<&execve>},
    {SYS_execveat, by<&execveat>},
    {SYS_prctl, by_prctl},
    {SYS_seccomp, by_seccomp},
};

constexpr RowOfNumber index_rows() {
  RowOfNumber index{};
  index.fill(no_row);
  for (std::size_t row = 0; row < std::size(rows); ++row)
    index[static_cast<std::size_t>(rows[row].number)] = static_cast<std::uint8_t>(row);
  return index;
}

}  // namespace

}  // namespace memfile::preload

extern "C" {
constinit const memfile::preload::RowOfNumber memfile_row_of_number = memfile::preload::index_rows();
constinit std::atomic<memfile::preload::RawCall*> memfile_next_syscall{nullptr};
}

// Variadic, because libc's is: six words are read whether the caller passed them or not, and none may be written to.
long memfile_handle_syscall(long number, ...) {
  using namespace memfile::preload;
  va_list arguments;
  va_start(arguments, number);
  const Words words{va_arg(arguments, long), va_arg(arguments, long), va_arg(arguments, long),
                    va_arg(arguments, long), va_arg(arguments, long), va_arg(arguments, long)};
  va_end(arguments);
  const bool is_known = number >= 0 && number < static_cast<long>(number_count);
  const std::uint8_t row = is_known ? memfile_row_of_number[static_cast<std::size_t>(number)] : no_row;
  if (row == no_row || Session::get() == nullptr) return forward(number, words);
  return rows[row].handler(words);
}

namespace memfile::preload {

void prepare_raw_calls() { memfile_next_syscall.store(next.syscall.get(), std::memory_order_relaxed); }

}  // namespace memfile::preload
