#include "preload/hooks/opening.hpp"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <stdarg.h>
#include <unistd.h>

#include "preload/absent.hpp"
#include "preload/cancellation.hpp"
#include "preload/failure.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "preload/target.hpp"
#include "store/creation.hpp"
#include "store/dangling.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::preload {

using store::Approach;
using store::At;
using store::Created;
using store::Creation;
using store::RamPath;
using store::Standing;

namespace {

// How often a path may change under our eyes before the call goes to libc as it is.
constexpr int most_tries = 16;

// With a part of O_TMPFILE it is no named regular file that is asked for. O_PATH overrides O_CREAT.
bool creates(int flags) { return (flags & (O_CREAT | O_TMPFILE | O_PATH)) == O_CREAT; }

bool is_unnamed(int flags) { return (flags & O_TMPFILE) == O_TMPFILE; }

// What a store refuses of O_DIRECT is the detour around a cache that it does not have.
int open_directly_or_not(RealOpen real, const char* path, int flags) {
  const int errno_of_program = errno;
  const int fd = real(path, flags);
  if (fd >= 0 || errno != EINVAL || (flags & O_DIRECT) == 0) return fd;
  errno = errno_of_program;
  return real(path, flags & ~O_DIRECT);
}

// Without O_CREAT: a RAM file that is freed meanwhile must not be made again, with no link to it.
int open_ram_file(RealOpen real, const RamPath& ram, int flags) {
  const Uncancelled uncancelled;
  const Approach approach(ram);
  if (approach.fault() != 0) return fail(-approach.fault());
  return open_directly_or_not(real, approach.c_str(), (flags & ~O_CREAT) | approach.flags());
}

// What open answers: a descriptor, or -1 and errno. None, and errno as it was, where something else has to answer.
using Answer = std::optional<int>;

// A memfile stands there: opens its RAM file, or says why not. None if it has gone. Another user's is reached by its
// link, so that the kernel judges whether it is to be trusted: in a sticky folder it would let nobody create what is
// somebody else's (fs.protected_regular), and follow nobody's link (fs.protected_symlinks).
Answer open_existing(RealOpen real, At at, const RamPath& ram, int flags) {
  if ((flags & O_EXCL) != 0) return fail(EEXIST);
  const int errno_of_program = errno;
  const bool is_followed = !store::is_own(ram) && (flags & O_NOFOLLOW) == 0;
  const int fd = is_followed ? open_directly_or_not(real, at.path, flags & ~O_CREAT) : open_ram_file(real, ram, flags);
  if (fd >= 0 || (errno != ENOENT && errno != ELOOP)) return fd;
  errno = errno_of_program;
  return std::nullopt;
}

// Where the rules want a memfile.
Answer open_wanted(RealOpen real, At at, int flags, mode_t mode, const store::Settings& settings, Detour& detour) {
  const store::Pooled<RamPath> ram;
  for (int tries = 0; ram && tries < most_tries; ++tries) {
    const Standing standing = store::look(at, *ram);
    if (standing == Standing::other) break;
    if (standing == Standing::memfile) {
      const Answer answer = open_existing(real, at, *ram, flags);
      if (answer) return answer;
      continue;
    }
    const Creation creation = standing == Standing::absent ? store::create(settings, at, flags, mode)
                                                           : store::heal(settings, at, *ram, flags, mode);
    if (creation.outcome == Created::memfile) return creation.fd;
    if (creation.outcome == Created::exists) continue;
    // What the store cannot take goes to disk.
    detour = detour_of(creation.outcome);
    if (standing == Standing::dangling) (void)store::clear_dangling(at, *ram);
    break;
  }
  return std::nullopt;
}

// At `at` our link to `ram` dangles, and no rule wants a memfile there, or the store cannot take it.
int open_dangling(RealOpen real, At at, const RamPath& ram, int flags) {
  if (!creates(flags)) return fail(ENOENT);
  (void)store::clear_dangling(at, ram);
  return real(at.path, flags);
}

// Where a file is to be created. A companion's link that leads nowhere gives way to a companion on disk.
Ruling ruling_on_new(At at, const Session& session) {
  const Ruling ruling = session.ruling(at);
  if (ruling.follows_database) (void)clear_the_way(at);
  return ruling;
}

// The next open failed in a way that one of our links could have caused.
// `errno_of_program` is what errno was before.
__attribute__((noinline)) int reconsider(RealOpen real, At at, int flags, int errno_of_program) {
  const int errno_of_next = errno;
  errno = errno_of_program;
  const bool is_invalid = errno_of_next == EINVAL;  // for O_DIRECT, or for flags that do not go together
  RamPath ram;
  switch (store::look(at, ram)) {
    case Standing::memfile: {
      if (creates(flags) && (flags & O_EXCL) != 0) break;
      const int fd = open_ram_file(real, ram, flags);
      if (fd < 0 && is_invalid) errno = errno_of_next;
      return fd;
    }
    case Standing::dangling:
      if (is_invalid) break;
      return open_dangling(real, at, ram, flags);
    case Standing::other:
      // The user's own link may lead to one that dangles.
      if (errno_of_next == ENOENT && creates(flags) && store::clear_dangling_end(at)) return real(at.path, flags);
      break;
    case Standing::absent:
      break;
  }
  errno = errno_of_next;
  return -1;
}

// O_PATH|O_NOFOLLOW opens a link itself.
__attribute__((noinline)) int open_path_only(RealOpen real, At at, int flags) {
  RamPath ram;
  switch (store::look(at, ram)) {
    case Standing::memfile:
      return open_ram_file(real, ram, flags);
    case Standing::dangling:
      return fail(ENOENT);
    case Standing::absent:
    case Standing::other:
      break;
  }
  return real(at.path, flags);
}

// A file without a name goes where each name that it could be given in its folder would go. -1 and errno 0: to disk.
__attribute__((noinline)) Answer open_unnamed(At at, int flags, mode_t mode, const Session& session) {
  if (!session.wants_all_in(at) || kernel::may_access(at.dirfd, at.path, W_OK | X_OK) != 0) return std::nullopt;
  const int fd = store::create_unnamed(session.store(), at, flags, mode);
  return fd < 0 ? std::nullopt : Answer(fd);
}

int open_following(RealOpen real, At at, int flags) {
  const int errno_of_program = errno;
  const int fd = real(at.path, flags);
  if (fd >= 0 || errno != ENOENT) return fd;
  return call_again([&](const char* path) { return real(path, flags); }, at, errno_of_program);
}

// Where the rules want what is created.
enum class Place { ram, disk };

__attribute__((noinline)) int open_in_session(RealOpen real, At at, int flags, mode_t mode, const Session& session,
                                              Place place, Detour& detour) {
  if (place == Place::ram) {
    const Answer answer = open_wanted(real, at, flags, mode, session.store(), detour);
    if (answer) return *answer;
  }
  if (is_unnamed(flags)) {
    const Answer answer = open_unnamed(at, flags, mode, session);
    if (answer) return *answer;
  }
  constexpr int path_only = O_PATH | O_NOFOLLOW;
  if (session.is_transparent() && (flags & path_only) == path_only) return open_path_only(real, at, flags);
  const int errno_of_program = errno;
  const int fd = creates(flags) ? real(at.path, flags) : open_following(real, at, flags);
  if (fd >= 0) return fd;
  const bool wants_no_link = (flags & O_NOFOLLOW) != 0 && session.is_transparent();
  // With O_DIRECTORY it is ENOTDIR, as for any file; but where a link dangles, nothing is there.
  const bool is_refused_as_link =
      wants_no_link && (errno == ELOOP || (errno == ENOTDIR && store::glance(at) == store::Glance::link));
  const bool is_dangling = (errno == ENOENT || errno == EEXIST) && creates(flags);
  const bool is_refused_direct = errno == EINVAL && (flags & O_DIRECT) != 0;
  return is_refused_as_link || is_dangling || is_refused_direct ? reconsider(real, at, flags, errno_of_program) : fd;
}

}  // namespace

int opening(const char* call, RealOpen real, At at, int flags, mode_t mode) {
  // Whatever only follows a link is the kernel's business.
  if ((flags & (O_CREAT | O_NOFOLLOW | O_DIRECT)) == 0 && !is_unnamed(flags)) return open_following(real, at, flags);
  const Session* session = Session::get();
  if (session == nullptr) return real(at.path, flags);
  pthread_testcancel();
  const Place place = creates(flags) && ruling_on_new(at, *session).is_ram ? Place::ram : Place::disk;
  Detour detour = Detour::none;
  const int fd = open_in_session(real, at, flags, mode, *session, place, detour);
  if (fd >= 0 && creates(flags)) log_outcome(call, at, detour);
  return fd;
}

int creating(const char* call, At at, int flags, mode_t mode, Detour& detour) {
  const Session* session = Session::get();
  if (session == nullptr || !ruling_on_new(at, *session).is_ram) return -1;
  const int errno_of_program = errno;
  const auto never = [](const char*, int) { return fail(EEXIST); };
  const int fd = open_wanted(never, at, flags, mode, session->store(), detour).value_or(-1);
  errno = errno_of_program;
  if (fd >= 0) log_outcome(call, at);
  return fd;
}

namespace {

// open's third argument is there only where the flags call for it.
bool has_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

mode_t mode_argument(int flags, va_list arguments) {
  if (!has_mode(flags)) return 0;
  return static_cast<mode_t>(
      va_arg(arguments, unsigned));  // NOLINT(clang-analyzer-valist.Uninitialized): by the caller
}

// A name with a 64 is for files of any size also on machines of 32 bits, where that is a flag.
template <class Function>
int open_like(const char* call, Next<Function>& real, const char* path, int flags, mode_t mode) {
  return opening(
      call, [&](const char* actual, int actual_flags) { return real(actual, actual_flags, mode); }, {AT_FDCWD, path},
      flags, mode);
}

template <class Function>
int openat_like(const char* call, Next<Function>& real, int dirfd, const char* path, int flags, mode_t mode) {
  return opening(
      call, [&](const char* actual, int actual_flags) { return real(dirfd, actual, actual_flags, mode); },
      {dirfd, path}, flags, mode);
}

// creat has no flags to change; what is led to a RAM file goes by open.
int creat_like(const char* call, Next<decltype(::creat)>& real, const char* path, mode_t mode, int more_flags) {
  const int flags = O_CREAT | O_WRONLY | O_TRUNC | more_flags;
  return opening(
      call,
      [&](const char* actual, int actual_flags) {
        const bool is_unchanged = actual == path && actual_flags == flags;
        return is_unchanged ? real(actual, mode) : next.open(actual, actual_flags, mode);
      },
      {AT_FDCWD, path}, flags, mode);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::creat_like;
using memfile::preload::mode_argument;
using memfile::preload::next;
using memfile::preload::open_like;
using memfile::preload::openat_like;
using memfile::preload::opening;

MEMFILE_EXPORT int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("open", next.open, path, flags, mode);
}

MEMFILE_EXPORT int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("open64", next.open64, path, flags | O_LARGEFILE, mode);
}

MEMFILE_EXPORT int __open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("__open", next.plain_open, path, flags, mode);
}

MEMFILE_EXPORT int __open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_like("__open64", next.plain_open64, path, flags | O_LARGEFILE, mode);
}

MEMFILE_EXPORT int openat(int dirfd, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return openat_like("openat", next.openat, dirfd, path, flags, mode);
}

MEMFILE_EXPORT int openat64(int dirfd, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return openat_like("openat64", next.openat64, dirfd, path, flags | O_LARGEFILE, mode);
}

// The fortified variants refuse flags that need a mode: such a call ends the program, and is libc's to end.
MEMFILE_EXPORT int __open_2(const char* path, int flags) {
  return opening(
      "__open_2", [](const char* actual, int actual_flags) { return next.open_2(actual, actual_flags); },
      {AT_FDCWD, path}, flags, 0);
}

MEMFILE_EXPORT int __open64_2(const char* path, int flags) {
  return opening(
      "__open64_2", [](const char* actual, int actual_flags) { return next.open64_2(actual, actual_flags); },
      {AT_FDCWD, path}, flags | O_LARGEFILE, 0);
}

MEMFILE_EXPORT int __openat_2(int dirfd, const char* path, int flags) {
  return opening(
      "__openat_2", [&](const char* actual, int actual_flags) { return next.openat_2(dirfd, actual, actual_flags); },
      {dirfd, path}, flags, 0);
}

MEMFILE_EXPORT int __openat64_2(int dirfd, const char* path, int flags) {
  return opening(
      "__openat64_2",
      [&](const char* actual, int actual_flags) { return next.openat64_2(dirfd, actual, actual_flags); }, {dirfd, path},
      flags | O_LARGEFILE, 0);
}

MEMFILE_EXPORT int creat(const char* path, mode_t mode) { return creat_like("creat", next.creat, path, mode, 0); }

MEMFILE_EXPORT int creat64(const char* path, mode_t mode) {
  return creat_like("creat64", next.creat64, path, mode, O_LARGEFILE);
}
