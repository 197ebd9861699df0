// Resolving a path: what ends on a memfile ends in the path at which its link stands, not in the store. The next symbol
// answers first; only where it says something of a RAM path's form are its last steps gone again.
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>

#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/magic_link.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::PathBuffer;
using store::PathText;
using store::RamPath;
using store::Standing;

// The kernel follows no more.
constexpr int most_links = 40;

// One link further; false if `path` is none.
bool follow(PathText& path) {
  const PathBuffer target;
  if (!target) return false;
  const At at{AT_FDCWD, path.c_str()};
  if (store::origin_of_magic_link(at, *target)) {
    path.take(0);
  } else {
    const ssize_t size = kernel::readlinkat(at.dirfd, at.path, target->buffer(), PathText::capacity());
    if (size <= 0) return false;
    target->take(static_cast<std::size_t>(size));
    path.cut_to(target->view().starts_with('/') ? 0 : path.view().rfind('/') + 1);
  }
  path << target->view();
  return !path.is_cut();
}

// Follows links that are not ours. True if one of ours is reached: `path` is where that stands. False for whoever names
// the RAM file itself.
__attribute__((noinline)) bool find_link(PathText& path) {
  RamPath ram;
  for (int followed = 0; followed <= most_links; ++followed) {
    const Standing standing = store::look({AT_FDCWD, path.c_str()}, ram);
    if (standing == Standing::memfile || standing == Standing::dangling) return true;
    if (standing == Standing::absent || !follow(path)) return false;
  }
  return false;
}

// The folder as the next symbol resolves it: unlike the kernel it leaves one by ".." that may not be entered.
bool resolve_folder(PathText& path) {
  const PathBuffer folder;
  const PathBuffer resolved;
  if (!folder || !resolved || !store::folder_of(path.view(), *folder)) return false;
  if (next.realpath(folder->c_str(), resolved->buffer()) == nullptr) return false;
  resolved->take(std::strlen(resolved->c_str()));
  if (resolved->view() != "/") *resolved << '/';
  *resolved << store::name_of(path.view());
  path.take(0);
  path << resolved->view();
  return !path.is_cut() && !resolved->is_cut();
}

// What the next symbol would say of a regular file at `path`, into `resolved` or, where that is null, onto the heap.
char* resolve_as_file(const PathText& path, char* resolved) {
  const PathBuffer folder;
  if (!folder || !store::folder_of(path.view(), *folder)) return nullptr;
  const std::string_view name = store::name_of(path.view());
  char* text = next.realpath(folder->c_str(), resolved);
  if (text == nullptr) return nullptr;
  const std::size_t size = std::strcmp(text, "/") == 0 ? 0 : std::strlen(text);
  const std::size_t whole_size = size + 1 + name.size();
  if (resolved == nullptr) {
    auto* grown = static_cast<char*>(std::realloc(text, whole_size + 1));
    if (grown == nullptr) std::free(text);
    if (grown == nullptr) return nullptr;
    text = grown;
  } else if (whole_size >= PATH_MAX) {
    errno = ENAMETOOLONG;
    return nullptr;
  }
  text[size] = '/';
  std::memcpy(text + size + 1, name.data(), name.size());
  text[whole_size] = '\0';
  return text;
}

// The next symbol's result lies in a store.
__attribute__((noinline)) char* resolve_again(const char* path, char* resolved, char* result) {
  const int errno_of_next = errno;
  const PathBuffer end;
  if (path == nullptr || !end) return result;
  *end << std::string_view(path);
  if (end->is_cut()) return result;
  const bool is_found = find_link(*end) || (resolve_folder(*end) && find_link(*end));
  char* text = is_found ? resolve_as_file(*end, resolved) : result;
  if (is_found && resolved == nullptr) std::free(result);
  if (text != nullptr) errno = errno_of_next;
  return text;
}

// What is missing, where the user's own links lead on from `path`, into `resolved`. False if its folder is missing,
// too.
bool name_missing_end(PathText& path, char* resolved) {
  while (path.view().ends_with('/')) path.cut_to(path.size() - 1);
  RamPath ram;
  while (store::look({AT_FDCWD, path.c_str()}, ram) == Standing::other) {
    if (!follow(path)) return true;
  }
  if (store::name_of(path.view()).empty() || path.is_cut()) return true;
  return resolve_as_file(path, resolved) != nullptr || errno != ENOENT;
}

// Where nothing is at the end, or on the way, the buffer says what is missing: the link's path, not the RAM file's or
// the store's.
__attribute__((noinline)) void name_missing(const char* path, char* resolved) {
  const PathBuffer end;
  if (!end) return;
  *end << std::string_view(path);
  while (!name_missing_end(*end, resolved)) {
    const std::size_t slash = end->view().rfind('/');
    if (slash == std::string_view::npos || slash == 0) break;
    end->cut_to(slash);
  }
  errno = ENOENT;
}

bool is_transparent() {
  const Session* session = Session::get();
  return session != nullptr && session->is_transparent();
}

// Also where the store itself is missing. `path` may not end.
bool is_in_store(const char* path) {
  if (!is_transparent()) return false;
  constexpr std::string_view store = "/memfile";
  const std::string_view root = Session::get()->store().root;
  return std::strncmp(path, root.data(), root.size()) == 0 &&
         std::strncmp(path + root.size(), store.data(), store.size()) == 0;
}

char* resolve(FunctionRef<char*()> real, const char* path, char* resolved) {
  char* result = real();
  if (result == nullptr) {
    // Of an empty path nothing is written.
    const bool is_written = errno == ENOENT && resolved != nullptr && path != nullptr && *path != '\0';
    if (is_written && is_in_store(resolved)) name_missing(path, resolved);
    return result;
  }
  RamPath ram;
  if (!RamPath::parse(result, ram) || !is_transparent()) return result;
  return resolve_again(path, resolved, result);
}

char* resolving(FunctionRef<char*()> real, const char* path, char* resolved) {
  if (path != resolved || path == nullptr) return resolve(real, path, resolved);
  // A program resolves a path into the buffer that it stands in.
  const PathBuffer copy;
  if (!copy) return real();
  *copy << std::string_view(path);
  return resolve(real, copy->c_str(), resolved);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::resolving;

// libc has an older version, which refuses a null buffer; programs that want that one get this.
MEMFILE_EXPORT char* realpath(const char* path, char* resolved) noexcept {
  return resolving([&] { return next.realpath(path, resolved); }, path, resolved);
}

MEMFILE_EXPORT char* __realpath_chk(const char* path, char* resolved, size_t size) {
  return resolving([&] { return next.realpath_chk(path, resolved, size); }, path, resolved);
}

MEMFILE_EXPORT char* canonicalize_file_name(const char* path) noexcept {
  return resolving([&] { return next.canonicalize_file_name(path); }, path, nullptr);
}
