// openat2: opening with restrictions on how the path is resolved. They hold for the folder's part of it, which is
// resolved first, under the same restrictions; what then stands at the name is judged as if it were a regular file.
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <linux/openat2.h>

#include "preload/cancellation.hpp"
#include "preload/failure.hpp"
#include "preload/hooks/opening.hpp"
#include "preload/log.hpp"
#include "preload/path_argument.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/dangling.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::PathBuffer;
using store::PathText;
using store::RamPath;
using store::Standing;

// As the program passed it.
struct How {
  const open_how* words;
  size_t size;
};

bool creates(std::uint64_t flags) { return (flags & O_CREAT) != 0; }
bool takes_mode(std::uint64_t flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

// Where libc is older, nobody else is asked either: a dlsym() that finds nothing allocates.
bool libc_has_openat2() { return strverscmp(gnu_get_libc_version(), "2.43") >= 0; }

// Where it has no such call (before 5.6), or a filter keeps that away, the program is to hear so. Asked once, with a
// size that is none.
__attribute__((noinline)) bool kernel_has_openat2() {
  enum class Answer { unknown, yes, no };
  static constinit std::atomic<Answer> known{Answer::unknown};
  Answer answer = known.load(std::memory_order_relaxed);
  if (answer == Answer::unknown) {
    answer = kernel::call(SYS_openat2, -1) == -EINVAL ? Answer::yes : Answer::no;
    known.store(answer, std::memory_order_relaxed);
  }
  return answer == Answer::yes;
}

int call_next(int dirfd, const char* path, How how) {
  if (libc_has_openat2()) return next.openat2(dirfd, path, how.words, how.size);
  const long result =
      kernel::call(SYS_openat2, dirfd, kernel::word(path), kernel::word(how.words), static_cast<long>(how.size));
  if (result >= 0) return static_cast<int>(result);
  return fail(static_cast<int>(-result));
}

int call_next(int dirfd, const char* path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags);
  how.mode = takes_mode(how.flags) ? mode : 0;
  return call_next(dirfd, path, {&how, sizeof how});
}

// False for what the kernel refuses, or what is newer than this: it knows what to say to that.
bool read_how(How how, open_how& copy) {
  constexpr std::uint64_t known_flags = O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK |
                                        O_SYNC | O_ASYNC | O_DIRECT | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC |
                                        O_PATH | O_TMPFILE | O_LARGEFILE;
  constexpr std::uint64_t path_flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  constexpr std::uint64_t known_restrictions =
      RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH | RESOLVE_IN_ROOT;
  if (how.size != sizeof copy || !kernel::is_readable(how.words) || !kernel::is_readable(&how.words->resolve))
    return false;
  std::memcpy(&copy, how.words, sizeof copy);
  if ((copy.flags & ~known_flags) != 0 || (copy.resolve & ~known_restrictions) != 0) return false;
  if ((copy.flags & (O_CREAT | O_DIRECTORY)) == (O_CREAT | O_DIRECTORY)) return false;
  if ((copy.flags & O_PATH) != 0 && (copy.flags & ~path_flags) != 0) return false;
  return takes_mode(copy.flags) ? (copy.mode & ~std::uint64_t{07777}) == 0 : copy.mode == 0;
}

// The folder of `path`, resolved as the program wants it. Not the lowest descriptor: that is the program's to get.
int open_folder(int dirfd, const PathText& path, std::uint64_t restrictions) {
  const PathBuffer folder;
  if (!folder || !store::folder_of(path.view(), *folder)) return -ENAMETOOLONG;
  open_how how{};
  how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  how.resolve = restrictions;
  const int lowest = kernel::openat2(dirfd, folder->c_str(), how);
  if (lowest < 0) return lowest;
  const int next_free = static_cast<int>(kernel::call(SYS_fcntl, lowest, F_DUPFD_CLOEXEC, lowest + 1));
  kernel::close(lowest);
  return next_free;
}

enum class Answer { given, none };

Answer open_memfile(const RamPath& ram, const open_how& how, int& fd) {
  const int errno_of_program = errno;
  if (creates(how.flags) && (how.flags & O_EXCL) != 0) {
    fd = fail(EEXIST);
    return Answer::given;
  }
  const store::Approach approach(ram);
  if (approach.fault() != 0) {
    fd = fail(-approach.fault());
    return Answer::given;
  }
  // Without O_CREAT: a RAM file that is freed meanwhile must not be made again. O_NOFOLLOW: it is a regular file.
  const int flags = static_cast<int>(how.flags & ~std::uint64_t{O_CREAT}) | O_NOFOLLOW;
  fd = call_next(AT_FDCWD, approach.c_str(), flags, 0);
  if (fd < 0 && errno == EINVAL && (flags & O_DIRECT) != 0) {
    errno = errno_of_program;
    fd = call_next(AT_FDCWD, approach.c_str(), flags & ~O_DIRECT, 0);
  }
  if (fd >= 0 || errno != ENOENT) return Answer::given;
  errno = errno_of_program;
  return Answer::none;
}

// `at` is the name in its folder. none: the next symbol has to answer.
__attribute__((noinline)) Answer open_name(At at, const open_how& how, const Session& session, int& fd,
                                           Detour& detour) {
  const store::Pooled<RamPath> ram;
  if (!ram) return Answer::none;
  const Standing standing = store::look(at, *ram);
  if (standing == Standing::other) return Answer::none;
  if (standing == Standing::memfile) {
    const Answer answer = session.is_transparent() ? open_memfile(*ram, how, fd) : Answer::none;
    if (fd >= 0 && creates(how.flags)) log_outcome("openat2", at);
    return answer;
  }
  if (!creates(how.flags)) {
    if (standing == Standing::absent || !session.is_transparent()) return Answer::none;
    fd = fail(ENOENT);
    return Answer::given;
  }
  fd = creating("openat2", at, static_cast<int>(how.flags), static_cast<mode_t>(how.mode), detour);
  if (fd >= 0) return Answer::given;
  if (standing == Standing::dangling) (void)store::clear_dangling(at, *ram);
  return Answer::none;
}

const char* name_in(const PathText& path) { return path.c_str() + (path.size() - store::name_of(path.view()).size()); }

Answer open_path(int dirfd, const PathText& path, const open_how& how, const Session& session, int& fd,
                 Detour& detour) {
  if (store::name_of(path.view()).empty()) return Answer::none;
  const int folder = open_folder(dirfd, path, how.resolve);
  if (folder < 0) return Answer::none;
  const Answer answer = open_name({folder, name_in(path)}, how, session, fd, detour);
  kernel::close(folder);
  return answer;
}

// One step over a link that is not ours; false if none stands there.
bool follow(int dirfd, PathText& path, std::uint64_t restrictions) {
  const PathBuffer target;
  const int folder = target && !store::name_of(path.view()).empty() ? open_folder(dirfd, path, restrictions) : -1;
  if (folder < 0) return false;
  const ssize_t size = kernel::readlinkat(folder, name_in(path), target->buffer(), PathText::capacity());
  kernel::close(folder);
  if (size <= 0) return false;
  target->take(static_cast<std::size_t>(size));
  // To the kernel that leaves the mount, unless the path itself begins at the root.
  if (target->view().starts_with('/') && (restrictions & RESOLVE_NO_XDEV) != 0) return false;
  path.cut_to(target->view().starts_with('/') ? 0 : path.view().rfind('/') + 1);
  path << target->view();
  return !path.is_cut();
}

// The next symbol failed in a way that one of our links at the end of other people's links could have caused.
__attribute__((noinline)) int follow_links(At at, PathText& path, const open_how& how, const Session& session,
                                           int errno_of_program) {
  const int errno_of_next = errno;
  errno = errno_of_program;
  constexpr int most_links = 40;  // the kernel follows no more
  Detour ignored = Detour::none;
  int fd = -1;
  for (int followed = 0; followed < most_links && follow(at.dirfd, path, how.resolve); ++followed) {
    if (open_path(at.dirfd, path, how, session, fd, ignored) == Answer::given) return fd;
  }
  errno = errno_of_next;
  return -1;
}

// Wherever in the path it is taken for a folder, a memfile is what a regular file is, and a dangling link is nothing.
__attribute__((noinline)) int fail_as_folder(At at, PathText& path, const open_how& how) {
  const int error = errno;
  for (std::size_t size = path.size(); size > 0; size = path.view().rfind('/') + 1) {
    path.cut_to(size);
    while (path.view().ends_with('/')) path.cut_to(path.size() - 1);
    const int folder = store::name_of(path.view()).empty() ? -1 : open_folder(at.dirfd, path, how.resolve);
    if (folder < 0) continue;
    RamPath ram;
    const Standing standing = store::look({folder, name_in(path)}, ram);
    kernel::close(folder);
    return fail(standing == Standing::memfile ? ENOTDIR : standing == Standing::dangling ? ENOENT : error);
  }
  return fail(error);
}

// Only the folder that the restrictions lead to tells which file it is.
__attribute__((noinline)) void log_file(int dirfd, const PathText& path, std::uint64_t restrictions, Detour detour) {
  const int folder = is_logging() ? open_folder(dirfd, path, restrictions) : -1;
  if (folder < 0) return;
  log_outcome("openat2", {folder, name_in(path)}, detour);
  kernel::close(folder);
}

int opening_restricted(At at, How how, const open_how& copy, const Session& session) {
  std::string_view text;
  const PathBuffer path;
  if (!path || !read_path_argument(at.path, text)) return call_next(at.dirfd, at.path, how);
  *path << text;
  int fd = -1;
  Detour detour = Detour::none;
  const int errno_of_program = errno;
  if (open_path(at.dirfd, *path, copy, session, fd, detour) == Answer::given) return fd;
  errno = errno_of_program;
  fd = call_next(at.dirfd, at.path, how);
  if (fd >= 0 && creates(copy.flags)) log_file(at.dirfd, *path, copy.resolve, detour);
  const bool is_refused = fd < 0 && (errno == EXDEV || errno == ELOOP || errno == ENOENT);
  if (!is_refused || !session.is_transparent()) return fd;
  if (text.ends_with('/')) return fail_as_folder(at, *path, copy);
  const bool follows = (copy.flags & O_NOFOLLOW) == 0 && (copy.resolve & RESOLVE_NO_SYMLINKS) == 0;
  if (follows) fd = follow_links(at, *path, copy, session, errno_of_program);
  const bool leads_on = path->view() != text;
  return fd < 0 && !leads_on && errno != ENOENT ? fail_as_folder(at, *path, copy) : fd;
}

int opening_how(At at, How how) {
  const Session* session = kernel_has_openat2() ? Session::get() : nullptr;
  open_how copy{};
  if (session == nullptr || !read_how(how, copy)) return call_next(at.dirfd, at.path, how);
  pthread_testcancel();
  if (copy.resolve != 0) return opening_restricted(at, how, copy, *session);
  const auto real = [&](const char* actual, int flags) {
    return call_next(at.dirfd, actual, flags, static_cast<mode_t>(copy.mode));
  };
  return opening("openat2", real, at, static_cast<int>(copy.flags), static_cast<mode_t>(copy.mode));
}

}  // namespace

}  // namespace memfile::preload

MEMFILE_EXPORT int openat2(int dirfd, const char* path, const open_how* how, size_t size) {
  return memfile::preload::opening_how({dirfd, path}, {how, size});
}
