// The items that a pattern is a row of: an escaped byte, a class, a byte. It says where they end, not what they match.
#pragma once
#include <cstddef>
#include <string_view>

namespace memfile::config {

// Where the class that begins at `start` with a '[' ends, behind its ']'; npos if it is not closed. A ']' in first
// place is a member.
[[nodiscard]] constexpr std::size_t class_end(std::string_view pattern, std::size_t start) {
  std::size_t at = start + 1;
  if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) ++at;
  const std::size_t first = at;
  for (; at < pattern.size(); ++at) {
    if (pattern[at] == ']' && at != first) return at + 1;
    if (pattern[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

// Where the item that begins at `start` ends. What is not closed ends with the pattern.
[[nodiscard]] constexpr std::size_t item_end(std::string_view pattern, std::size_t start) {
  std::size_t end = start + 1;
  if (pattern[start] == '\\') end = start + 2;
  if (pattern[start] == '[') end = class_end(pattern, start);
  return end < pattern.size() ? end : pattern.size();
}

// Whether an item that begins with this byte matches more than itself.
[[nodiscard]] constexpr bool is_wild(char byte) { return byte == '*' || byte == '?' || byte == '['; }

}  // namespace memfile::config
