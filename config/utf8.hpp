// Characters of UTF-8 in text that may be any bytes.
#pragma once
#include <cstddef>
#include <string_view>

namespace memfile::config {

// Length of the UTF-8 character at `at`, or 0 if there is none. Surrogates and most overlong
// forms are taken for characters: they are no file names that anybody has.
[[nodiscard]] constexpr std::size_t utf8_size(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  std::size_t size = byte < 0x80 ? 1 : 0;
  if (byte >= 0xC2 && byte < 0xE0) size = 2;
  if (byte >= 0xE0 && byte < 0xF0) size = 3;
  if (byte >= 0xF0 && byte < 0xF5) size = 4;
  if (at + size > text.size()) return 0;
  for (std::size_t next = 1; next < size; ++next) {
    if ((static_cast<unsigned char>(text[at + next]) & 0xC0U) != 0x80U) return 0;
  }
  return size;
}

}  // namespace memfile::config
