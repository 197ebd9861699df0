// The bytes of a compiled config: a header, then seven arrays, each aligned to 8. Numbers are the machine's own; a
// table is read where it was made.
//
// - rules: one per rule, in order
// - patterns: the brace-free patterns: first those found by folder and key, bucket by bucket, each bucket by rule; then
//   the excepts
// - filter: a bit for each key, so that most keys that are not there cost no look into the set, which is too large for
//   the processor's nearest cache
// - keys: a hash set of what names begin with, end with or are, each with the depths of the folders that ask for it
// - buckets: a hash map from folder and key to a range of patterns
// - names: globs of last components that no key says enough about, of rules with action ram
// - text: the strings of all of them
#pragma once
#include <array>
#include <bit>
#include <cstdint>

#include "config/key_hash.hpp"

namespace memfile::config {

constexpr std::uint64_t table_magic = 0x656C69666D656DA7U;
constexpr std::uint32_t table_version = 2;

// `count` elements of an array, from `first` on; in a header, from that byte on.
struct Range32 {
  std::uint32_t first;
  std::uint32_t count;
};

struct TableHeader {
  std::uint64_t magic;
  std::uint64_t check;  // over the header, with this field 0
  std::uint32_t version;
  std::uint32_t size;  // of the whole table in bytes; its last eight are the magic again
  Range32 rules;
  Range32 patterns;
  Range32 filter;   // a power of two of words
  Range32 keys;     // a power of two
  Range32 buckets;  // a power of two
  Range32 names;
  Range32 text;
  std::uint32_t key_probes;  // the longest way from where a key belongs to where it is
  std::uint32_t bucket_probes;
  std::uint64_t exact_lengths;   // bit n: there is an exact name of n bytes, or, n being 63, a longer one
  std::uint64_t suffix_lengths;  // bit n: there is a suffix key of n bytes
  std::uint64_t prefix_lengths;
  std::uint64_t any_depths;   // as KeySlot::depths, of the patterns that match or may match any name
  std::uint64_t disk_depths;  // likewise, of all patterns of rules with action disk
  std::uint64_t any_ram;      // 1: a rule with action ram may match any name
};

struct RuleEntry {
  std::uint8_t action;
  std::uint8_t existing;
  std::uint16_t unused;
  Range32 excepts;  // of the patterns
};

// How a pattern goes on behind its literal folder.
enum class Shape : std::uint8_t {
  direct,  // FOLDER/NAME
  deep,    // FOLDER/**/NAME, and FOLDER/** as any name
  glob,    // anything else
};

// What a pattern's last component asks of a name.
enum class NameClass : std::uint8_t { any, exact, suffix, prefix, glob };

// text: the folder, unescaped, without a '/' at its end, then the tail: for a glob the rest of the pattern from the '/'
// behind the folder, otherwise what NameClass compares with.
struct PatternEntry {
  std::uint32_t rule;
  std::uint32_t text;
  std::uint16_t folder_size;
  std::uint16_t tail_size;
  Shape shape;
  NameClass name;
  std::uint16_t unused;
};

// Bit n: a folder n below the root asks for this key; deeper literal folders are cut at max_depth. Bit 63: a rule with
// action ram does.
constexpr unsigned max_depth = 62;
constexpr std::uint64_t ram_bit = std::uint64_t{1} << 63U;

struct KeySlot {
  std::uint64_t key;
  std::uint64_t depths;
};

struct BucketSlot {
  std::uint64_t bucket;
  Range32 patterns;
};

static_assert(sizeof(TableHeader) % 8 == 0 && sizeof(RuleEntry) == 12 && sizeof(PatternEntry) == 16);

[[nodiscard]] constexpr std::uint64_t length_bit(std::size_t size) {
  return std::uint64_t{1} << (size < 63 ? size : 63);
}

// Where a key's or bucket's way through its slots begins; `slots` is a power of two.
[[nodiscard]] constexpr std::uint32_t first_slot(std::uint64_t key, std::uint32_t slots) {
  return static_cast<std::uint32_t>(key >> 32U) & (slots - 1);
}

// Where a key's bit is in the filter, which has `words` of 64, a power of two.
struct FilterBit {
  std::uint32_t word;
  std::uint64_t mask;
};
[[nodiscard]] constexpr FilterBit filter_bit(std::uint64_t key, std::uint32_t words) {
  return {static_cast<std::uint32_t>(key >> 8U) & (words - 1), std::uint64_t{1} << (key >> 1U & 63U)};
}

[[nodiscard]] inline std::uint64_t header_check(const TableHeader& header) {
  TableHeader copy = header;
  copy.check = 0;
  const auto words = std::bit_cast<std::array<std::uint64_t, sizeof(TableHeader) / 8>>(copy);
  std::uint64_t hash = table_magic;
  for (const std::uint64_t word : words) hash = mix(hash, word);
  return hash;
}

}  // namespace memfile::config
