// The hashes that a table's maker and its readers have in common. They only lead to candidates: what is found by them
// is compared, so a collision costs time and nothing else. The values stay on one machine.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace memfile::config {

// What of a last component a key is made of.
enum class KeyKind : std::uint64_t { exact = 1, suffix = 2, prefix = 3, any = 4, disk_folder = 5 };

// Suffixes and prefixes are looked up by this many bytes at most.
constexpr std::size_t max_affix = 32;

constexpr std::uint64_t hash_multiplier = 0x9E3779B97F4A7C15U;

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * hash_multiplier;
  return hash ^ (hash >> 32U);
}

// A key is never 0: that marks a free slot.
[[nodiscard]] constexpr std::uint64_t key_of(KeyKind kind, std::uint64_t hash) {
  return mix(hash, static_cast<std::uint64_t>(kind)) | 1U;
}

// One more byte of an affix: a suffix is fed from its end, a prefix from its beginning, so that one walk over a name
// gives the hashes of all lengths.
[[nodiscard]] constexpr std::uint64_t affix_step(std::uint64_t hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * hash_multiplier;
}

// The eight bytes at `at` as a word, the first one lowest; what lies behind the end is 0.
[[nodiscard]] inline std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  if (text.size() - at >= sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
  }
  for (std::size_t i = text.size(); i-- > at;) word = word << 8U | static_cast<unsigned char>(text[i]);
  return word;
}

[[nodiscard]] inline std::uint64_t hash_name(std::string_view name) {
  std::uint64_t hash = name.size();
  for (std::size_t at = 0; at < name.size(); at += 8) hash = mix(hash, word_at(name, at));
  return hash;
}

// The hash of the root; that of another folder follows from its parent's.
constexpr std::uint64_t root_hash = 0x6D656D66696C65U;

// Takes the component of `path` that begins at `at` into its parent's hash, and moves `at` to the '/' or the end behind
// it.
[[nodiscard]] inline std::uint64_t hash_component(std::uint64_t hash, std::string_view path, std::size_t& at) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  for (;;) {
    const std::uint64_t word = word_at(path, at);
    // The lowest bit that stays is in the first byte that is a '/' or, behind the end, 0.
    const std::uint64_t slashes = word ^ (ones * '/');
    const std::uint64_t found = ((slashes - ones) & ~slashes & (ones * 0x80)) | ((word - ones) & ~word & (ones * 0x80));
    if (found == 0) {
      hash = mix(hash, word);
      at += sizeof word;
      continue;
    }
    const auto length = static_cast<std::size_t>(std::countr_zero(found)) / 8;
    at += length;
    if (length != 0) hash = mix(hash, word & ((std::uint64_t{1} << (8 * length)) - 1));
    return mix(hash, '/');
  }
}

// Where the candidates for a folder and a key are looked up.
[[nodiscard]] constexpr std::uint64_t bucket_of(std::uint64_t folder, std::uint64_t key) {
  return mix(key, folder) | 1U;
}

}  // namespace memfile::config
