#include "store/at.hpp"

#include "store/kernel.hpp"

namespace memfile::store {

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return name == "." || name == ".." ? std::string_view() : name;
}

bool folder_of(std::string_view path, PathText& folder) {
  const std::size_t slash = path.rfind('/');
  folder.take(0);
  if (slash == std::string_view::npos) {
    folder << '.';
  } else {
    folder << path.substr(0, slash == 0 ? 1 : slash);
  }
  return !folder.is_cut();
}

bool name_beside(std::string_view path, PathText& beside) {
  std::uint64_t unique = 0;
  if (kernel::getrandom(&unique, sizeof unique) != static_cast<ssize_t>(sizeof unique)) return false;
  // "a/" is a name in the folder of a.
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (!folder_of(path, beside)) return false;
  beside << "/.memfile-" << unique;
  return !beside.is_cut();
}

bool resolve_folder(At at, PathText& resolved) {
  if (!folder_of(at.path, resolved)) return false;
  const int fd = kernel::openat(at.dirfd, resolved.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  Text<40> link;
  link << "/proc/self/fd/" << static_cast<std::uint64_t>(fd);
  const ssize_t size = kernel::readlinkat(AT_FDCWD, link.c_str(), resolved.buffer(), PathText::capacity());
  kernel::close(fd);
  if (size <= 0) return false;
  resolved.take(static_cast<std::size_t>(size));
  return resolved.c_str()[0] == '/';
}

__attribute__((noinline)) Devices devices_of(At one, At other) {
  const PathBuffer folder;
  kernel::Status folders[2] = {};
  int found = 0;
  for (const At at : {one, other}) {
    if (!folder || !folder_of(at.path, *folder)) return Devices::unknown;
    kernel::Status& status = folders[found++];
    if (kernel::statx(at.dirfd, folder->c_str(), 0, status) != 0 || !S_ISDIR(status.stx_mode)) return Devices::unknown;
  }
  return kernel::are_on_one_device(folders[0], folders[1]) ? Devices::one : Devices::two;
}

bool resolve(At at, PathText& resolved) {
  if (!resolve_folder(at, resolved)) return false;
  if (resolved.view() != "/") resolved << '/';
  resolved << name_of(at.path);
  return !resolved.is_cut();
}

}  // namespace memfile::store
