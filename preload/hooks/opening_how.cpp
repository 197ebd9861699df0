#include "preload/hooks/opening_how.hpp"

#include <cerrno>
#include <climits>
#include <cstdint>
#include <fcntl.h>

#include "preload/hooks/opening.hpp"
#include "preload/path_argument.hpp"
#include "preload/session.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::PathBuffer;
using store::PathText;
using store::RamPath;
using store::Standing;

// For a RAM file, whose path the program's flags are not about. openat2 wants no mode where nothing is created.
open_how without_restriction(const open_how& how, int flags) {
  open_how changed = how;
  changed.flags = static_cast<unsigned>(flags);
  changed.resolve = 0;
  if ((flags & O_CREAT) == 0 && (flags & O_TMPFILE) != O_TMPFILE) changed.mode = 0;
  return changed;
}

// `at` with its folder resolved as the flags allow it.
bool resolve_restricted(At at, const open_how& how, PathText& resolved) {
  std::string_view path;
  if (!read_path_argument(at.path, path)) return false;
  const std::string_view name = store::name_of(path);
  if (name.empty() || !store::folder_of(path, resolved)) return false;
  open_how folder{};
  folder.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  folder.resolve = how.resolve & ~std::uint64_t{RESOLVE_CACHED};
  const int fd = kernel::openat2(at.dirfd, resolved.c_str(), folder);
  if (fd < 0) return false;
  constexpr const char* any_name = "-";
  const bool is_resolved = store::resolve({fd, any_name}, resolved);
  kernel::close(fd);
  if (!is_resolved) return false;
  resolved.cut_to(resolved.size() - 1);
  resolved << name;
  return !resolved.is_cut();
}

// `path` is what stands for `at` in the rules and in the store.
int opening_at(const char* call, RealOpenHow real, At at, const open_how& how, At path) {
  return opening(
      call,
      [&](const char* actual, int flags) {
        return actual == path.path ? real(at, how) : real({AT_FDCWD, actual}, without_restriction(how, flags));
      },
      path, static_cast<int>(how.flags), static_cast<mode_t>(how.mode));
}

int opening_restricted(const char* call, RealOpenHow real, At at, const open_how& how, const Session& session) {
  const PathBuffer resolved;
  if (!resolved || !resolve_restricted(at, how, *resolved)) return real(at, how);
  const At path{AT_FDCWD, resolved->c_str()};
  const bool must_be_new = (how.flags & O_CREAT) != 0 && (how.flags & O_EXCL) != 0;
  RamPath ram;
  if (!must_be_new && session.is_transparent() && store::look(path, ram) == Standing::memfile) {
    return real({AT_FDCWD, ram.c_str()}, without_restriction(how, static_cast<int>(how.flags) & ~O_CREAT));
  }
  return opening_at(call, real, at, how, path);
}

}  // namespace

int opening_how(const char* call, RealOpenHow real, At at, const open_how& how) {
  const Session* session = Session::get();
  if (session == nullptr || how.flags > INT_MAX) return real(at, how);
  if (how.resolve != 0) return opening_restricted(call, real, at, how, *session);
  return opening_at(call, real, at, how, at);
}

}  // namespace memfile::preload
