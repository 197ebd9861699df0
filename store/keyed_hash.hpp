// SipHash-2-4 (Aumasson and Bernstein, 2012): a 64-bit hash that nobody predicts who does not know the key.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace memfile::store {

struct HashKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

[[nodiscard]] std::uint64_t keyed_hash(const HashKey& key, std::string_view bytes);

// The lowest 5 bits of `value` for each character, least significant first, in the alphabet a-z2-7.
void to_base32(std::uint64_t value, std::span<char> characters);
// The reverse; false where a character is not of that alphabet.
[[nodiscard]] bool from_base32(std::string_view characters, std::uint64_t& value);

}  // namespace memfile::store
