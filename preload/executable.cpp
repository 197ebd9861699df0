#include "preload/executable.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "preload/session.hpp"
#include "store/descriptor.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/path_buffer.hpp"
#include "store/record.hpp"
#include "store/saving.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::PathBuffer;
using store::PathText;
using store::RamPath;

constexpr mode_t any_x = S_IXUSR | S_IXGRP | S_IXOTH;

// 0 where it cannot be told.
__attribute__((noinline)) mode_t mode_of(At at) {
  kernel::Status status{};
  return kernel::statx(at.dirfd, at.path, 0, status) == 0 ? static_cast<mode_t>(status.stx_mode) : 0;
}

bool is_in_noexec_store(const RamPath& ram) {
  struct statfs64 file_system {};
  return kernel::statfs(ram.c_str(), file_system) == 0 &&
         (static_cast<unsigned long>(file_system.f_flags) & ST_NOEXEC) != 0;
}

// The memfile's own path, where others' links lead from `at` to it: `libx.so` to `libx.so.1`. False if it is none.
bool find_link(At at, RamPath& ram, PathText& link) {
  const store::Descriptor file(kernel::openat(at.dirfd, at.path, O_PATH | O_CLOEXEC));
  if (file.get() < 0) return false;
  store::Text<40> magic;
  magic << "/proc/self/fd/" << static_cast<std::uint64_t>(file.get());
  return store::spells_ram_path({AT_FDCWD, magic.c_str()}, ram) && store::standing_origin(ram, link);
}

__attribute__((noinline)) bool save(At at) {
  const store::Pooled<RamPath> ram;
  if (!ram) return false;
  if (store::look(at, *ram) == store::Standing::memfile) {
    return is_in_noexec_store(*ram) && store::save(at, *ram, store::Flush::file).outcome == store::Transferred::done;
  }
  const PathBuffer link;
  if (!link || !find_link(at, *ram, *link) || !is_in_noexec_store(*ram)) return false;
  return store::save({AT_FDCWD, link->c_str()}, *ram, store::Flush::file).outcome == store::Transferred::done;
}

bool is_refused() { return errno == EACCES && Session::get() != nullptr; }

// Where libc looks without PATH, and without asking anybody for memory.
constexpr const char* default_path = "/bin:/usr/bin";

// Tries each folder of PATH. True if a file was saved there.
__attribute__((noinline)) bool save_found_in_path(std::string_view name) {
  const char* const variable = std::getenv("PATH");
  std::string_view folders = variable == nullptr ? default_path : variable;
  const PathBuffer path;
  if (!path) return false;
  bool is_any_saved = false;
  for (bool is_last = false; !is_last;) {
    const std::size_t end = folders.find(':');
    const std::string_view folder = folders.substr(0, end);
    is_last = end == std::string_view::npos;
    if (!is_last) folders.remove_prefix(end + 1);
    path->take(0);
    *path << (folder.empty() ? std::string_view(".") : folder) << '/' << name;
    const At at{AT_FDCWD, path->c_str()};
    is_any_saved = (!path->is_cut() && save_executable(at, mode_of(at))) || is_any_saved;
  }
  return is_any_saved;
}

}  // namespace

bool save_executable(At at, mode_t mode) {
  if ((mode & any_x) == 0 || Session::get() == nullptr) return false;
  const int errno_of_program = errno;
  const bool is_saved = save(at);
  errno = errno_of_program;
  return is_saved;
}

int call_for_execution(FunctionRef<int()> call, At at) {
  const int errno_of_program = errno;
  const int result = call();
  if (result >= 0 || !is_refused() || !save_executable(at, mode_of(at))) return result;
  errno = errno_of_program;
  return call();
}

int call_for_execution(FunctionRef<int()> call, const char* file) {
  const int errno_of_program = errno;
  const int result = call();
  // What was refused could be read.
  if (result >= 0 || !is_refused()) return result;
  const At at{AT_FDCWD, file};
  const bool is_path = std::strchr(file, '/') != nullptr;
  if (!(is_path ? save_executable(at, mode_of(at)) : save_found_in_path(file))) return result;
  errno = errno_of_program;
  return call();
}

}  // namespace memfile::preload
