#include "preload/path_argument.hpp"

#include <climits>
#include <cstdint>

#include "store/kernel.hpp"

namespace memfile::preload {

bool read_path_argument(const char* argument, std::string_view& path) {
  constexpr std::uintptr_t page_size = 4096;  // the smallest of any architecture; larger ones are asked more often
  std::size_t size = 0;
  while (size < PATH_MAX) {
    if (!kernel::is_readable(argument + size)) return false;
    const std::uintptr_t address = reinterpret_cast<std::uintptr_t>(argument + size);
    for (std::size_t left = page_size - address % page_size; left > 0 && size < PATH_MAX; --left, ++size) {
      if (argument[size] != '\0') continue;
      path = {argument, size};
      return size > 0;
    }
  }
  return false;
}

bool without_slashes(const char* argument, store::PathText& path) {
  std::string_view text;
  if (!read_path_argument(argument, text) || text.size() == 1 || !text.ends_with('/')) return false;
  while (text.size() > 1 && text.ends_with('/')) text.remove_suffix(1);
  path.take(0);
  path << text;
  return !path.is_cut();
}

}  // namespace memfile::preload
