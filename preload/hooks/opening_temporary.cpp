// Temporary files. libc makes their names up inside, where no hook sees them: where the rules want such a name, it is
// made up here in the same way. One made-up name is tried against the rules; if they do not want it, libc makes up
// another.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <stdio.h>
#include <stdlib.h>

#include "preload/cancellation.hpp"
#include "preload/hooks/opening.hpp"
#include "preload/path_argument.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/creation.hpp"
#include "store/kernel.hpp"

namespace memfile::preload {

namespace {

constexpr std::size_t placeholder_size = 6;
constexpr std::string_view placeholder = "XXXXXX";
constexpr mode_t temporary_mode = 0600;
// As many as libc tries.
constexpr int most_tries = TMP_MAX;

bool make_up(std::span<char, placeholder_size> name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  std::uint64_t random = 0;
  if (kernel::getrandom(&random, sizeof random) != static_cast<ssize_t>(sizeof random)) return false;
  for (char& letter : name) {
    letter = letters[static_cast<std::size_t>(random % letters.size())];
    random /= letters.size();
  }
  return true;
}

bool stands_at(const char* path) {
  kernel::Status status{};
  return kernel::statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, status) == 0;
}

int making_temporary(const char* call, FunctionRef<int()> real, char* pattern, int suffix_size, int flags) {
  std::string_view path;
  if (Session::get() == nullptr || suffix_size < 0 || !read_path_argument(pattern, path)) return real();
  const auto suffix = static_cast<std::size_t>(suffix_size);
  if (path.size() < placeholder_size + suffix) return real();
  char* const made_up = pattern + path.size() - suffix - placeholder_size;
  if (std::string_view(made_up, placeholder_size) != placeholder) return real();
  Detour detour = Detour::none;
  pthread_testcancel();
  for (int tries = 0; tries < most_tries; ++tries) {
    if (!make_up(std::span<char, placeholder_size>(made_up, placeholder_size))) break;
    const int fd = creating(call, {AT_FDCWD, pattern}, (flags & ~O_ACCMODE) | O_RDWR | O_EXCL, temporary_mode, detour);
    if (fd >= 0) return fd;
    if (!stands_at(pattern)) break;
  }
  std::memcpy(made_up, placeholder.data(), placeholder_size);
  const int fd = real();
  if (fd >= 0) log_outcome(call, {AT_FDCWD, pattern}, detour);
  return fd;
}

FILE* making_unnamed(FunctionRef<FILE*()> real) {
  const Session* session = Session::get();
  if (session == nullptr || !session->wants_all_in(P_tmpdir)) return real();
  pthread_testcancel();
  const int errno_of_program = errno;
  const int fd = store::create_unnamed(session->store(), {AT_FDCWD, P_tmpdir}, O_RDWR | O_CLOEXEC, temporary_mode);
  if (fd < 0) return real();
  FILE* stream = fdopen(fd, "w+");
  if (stream == nullptr) {
    kernel::close(fd);
    return nullptr;
  }
  // libc's tmpfile hands its descriptor on to children.
  kernel::call(SYS_fcntl, fd, F_SETFD, 0);
  errno = errno_of_program;
  return stream;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::making_temporary;
using memfile::preload::making_unnamed;
using memfile::preload::next;

MEMFILE_EXPORT int mkstemp(char* pattern) {
  return making_temporary(
      "mkstemp", [&] { return next.mkstemp(pattern); }, pattern, 0, 0);
}

MEMFILE_EXPORT int mkstemp64(char* pattern) {
  return making_temporary(
      "mkstemp64", [&] { return next.mkstemp64(pattern); }, pattern, 0, O_LARGEFILE);
}

MEMFILE_EXPORT int mkostemp(char* pattern, int flags) {
  return making_temporary(
      "mkostemp", [&] { return next.mkostemp(pattern, flags); }, pattern, 0, flags);
}

MEMFILE_EXPORT int mkostemp64(char* pattern, int flags) {
  return making_temporary(
      "mkostemp64", [&] { return next.mkostemp64(pattern, flags); }, pattern, 0, flags | O_LARGEFILE);
}

MEMFILE_EXPORT int mkstemps(char* pattern, int suffix_size) {
  return making_temporary(
      "mkstemps", [&] { return next.mkstemps(pattern, suffix_size); }, pattern, suffix_size, 0);
}

MEMFILE_EXPORT int mkstemps64(char* pattern, int suffix_size) {
  return making_temporary(
      "mkstemps64", [&] { return next.mkstemps64(pattern, suffix_size); }, pattern, suffix_size, O_LARGEFILE);
}

MEMFILE_EXPORT int mkostemps(char* pattern, int suffix_size, int flags) {
  return making_temporary(
      "mkostemps", [&] { return next.mkostemps(pattern, suffix_size, flags); }, pattern, suffix_size, flags);
}

MEMFILE_EXPORT int mkostemps64(char* pattern, int suffix_size, int flags) {
  return making_temporary(
      "mkostemps64", [&] { return next.mkostemps64(pattern, suffix_size, flags); }, pattern, suffix_size,
      flags | O_LARGEFILE);
}

MEMFILE_EXPORT FILE* tmpfile() {
  return making_unnamed([] { return next.tmpfile(); });
}

MEMFILE_EXPORT FILE* tmpfile64() {
  return making_unnamed([] { return next.tmpfile64(); });
}
