// Opening streams. A mode that creates makes the memfile first, empty; the next fopen then follows its link, so that
// what else a mode says ("e", "m", ",ccs=") is libc's to read.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>

#include "preload/absent.hpp"
#include "preload/cancellation.hpp"
#include "preload/function_ref.hpp"
#include "preload/hooks/opening.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/dangling.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

constexpr mode_t stream_mode = 0666;

using RealStream = FunctionRef<FILE*(const char* path, const char* mode)>;

// fopen reads flags up to a comma, and at most six after the first letter.
constexpr std::size_t most_mode_flags = 7;

bool creates(const char* mode) { return mode != nullptr && (mode[0] == 'w' || mode[0] == 'a'); }

bool has_flag(const char* mode, char flag) {
  const std::size_t flags = strcspn(mode, ",");
  return std::memchr(mode, flag, flags < most_mode_flags ? flags : most_mode_flags) != nullptr;
}

// setmntent is none; it says "c" to libc's fopen.
bool is_cancellation_point(const char* call, const char* mode) {
  return std::strstr(call, "setmntent") == nullptr && !has_flag(mode, 'c');
}

// The mode without "x": the file that must be new is new, and stands there already.
FILE* open_new(RealStream real, const char* path, const char* mode) {
  store::Text<128> plain;
  for (const char* flag = mode; *flag != '\0'; ++flag) {
    const bool is_x = *flag == 'x' && static_cast<std::size_t>(flag - mode) < most_mode_flags &&
                      std::memchr(mode, ',', static_cast<std::size_t>(flag - mode)) == nullptr;
    if (!is_x) plain << *flag;
  }
  return real(path, plain.c_str());
}

FILE* following(RealStream real, const char* path, const char* mode) {
  const int errno_of_program = errno;
  FILE* stream = real(path, mode);
  if (stream != nullptr || errno != ENOENT) return stream;
  const auto open_again = [&](const char* actual) {
    stream = real(actual, mode);
    return stream == nullptr ? -1 : 0;
  };
  (void)call_again(open_again, {AT_FDCWD, path}, errno_of_program);
  return stream;
}

// Where the rules want no memfile. A link that dangles is in the way at the path, or where the user's own links lead.
FILE* creating_elsewhere(RealStream real, const char* path, const char* mode) {
  const int errno_of_program = errno;
  FILE* stream = real(path, mode);
  if (stream != nullptr || errno != ENOENT || !store::clear_dangling_end({AT_FDCWD, path})) return stream;
  errno = errno_of_program;
  return real(path, mode);
}

FILE* opening_stream(const char* call, RealStream real, const char* path, const char* mode) {
  if (!creates(mode)) return following(real, path, mode);
  if (Session::get() == nullptr || path == nullptr) return real(path, mode);
  if (is_cancellation_point(call, mode)) pthread_testcancel();
  const bool must_be_new = has_flag(mode, 'x');
  const store::At at{AT_FDCWD, path};
  Detour detour = Detour::none;
  const int fd = creating(call, at, O_WRONLY | O_CLOEXEC | (must_be_new ? O_EXCL : 0), stream_mode, detour);
  if (fd < 0) {
    FILE* stream = creating_elsewhere(real, path, mode);
    if (stream != nullptr) log_outcome(call, at, detour);
    return stream;
  }
  const Uncancelled uncancelled;
  kernel::close(fd);  // of a file that is new: no lock of the program's can hang on it
  return must_be_new ? open_new(real, path, mode) : real(path, mode);
}

// A freopen that fails closes its stream: it cannot be called again.
FILE* reopening_stream(const char* call, RealStream real, const char* path, const char* mode) {
  if (!creates(mode)) return real(path, mode);
  const store::At at{AT_FDCWD, path};
  const bool is_in_session = Session::get() != nullptr;
  const store::Glance glance = is_in_session ? store::glance(at) : store::Glance::absent;
  if (glance == store::Glance::link || glance == store::Glance::other) (void)store::clear_dangling_end(at);
  return opening_stream(call, real, path, mode);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::opening_stream;
using memfile::preload::reopening_stream;

MEMFILE_EXPORT FILE* fopen(const char* path, const char* mode) {
  return opening_stream(
      "fopen", [](const char* actual, const char* actual_mode) { return next.fopen(actual, actual_mode); }, path, mode);
}

MEMFILE_EXPORT FILE* fopen64(const char* path, const char* mode) {
  return opening_stream(
      "fopen64", [](const char* actual, const char* actual_mode) { return next.fopen64(actual, actual_mode); }, path,
      mode);
}

MEMFILE_EXPORT FILE* _IO_fopen(const char* path, const char* mode) {
  return opening_stream(
      "_IO_fopen", [](const char* actual, const char* actual_mode) { return next.io_fopen(actual, actual_mode); }, path,
      mode);
}

MEMFILE_EXPORT FILE* freopen(const char* path, const char* mode, FILE* stream) {
  return reopening_stream(
      "freopen", [&](const char* actual, const char* actual_mode) { return next.freopen(actual, actual_mode, stream); },
      path, mode);
}

MEMFILE_EXPORT FILE* freopen64(const char* path, const char* mode, FILE* stream) {
  return reopening_stream(
      "freopen64",
      [&](const char* actual, const char* actual_mode) { return next.freopen64(actual, actual_mode, stream); }, path,
      mode);
}

MEMFILE_EXPORT FILE* setmntent(const char* path, const char* mode) noexcept {
  return opening_stream(
      "setmntent", [](const char* actual, const char* actual_mode) { return next.setmntent(actual, actual_mode); },
      path, mode);
}

MEMFILE_EXPORT FILE* __setmntent(const char* path, const char* mode) noexcept {
  return opening_stream(
      "__setmntent",
      [](const char* actual, const char* actual_mode) { return next.plain_setmntent(actual, actual_mode); }, path,
      mode);
}
