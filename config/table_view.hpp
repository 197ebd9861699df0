// Reads a table's bytes. Every offset that stands in them is checked where it is used, so that a table torn in its
// middle gives wrong answers at worst. No heap; part of Table.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "config/table_layout.hpp"

namespace memfile::config {

class TableView {
 public:
  // `bytes` is a valid table, as Table's constructor found.
  explicit TableView(std::span<const std::byte> bytes) : bytes_(bytes.data()) {}

  // The magic at both ends, the version, the sizes and the header's own check.
  [[nodiscard]] static bool is_valid(std::span<const std::byte> bytes);

  // The bytes are an array that a compile() in some process filled with these very structs.
  [[nodiscard]] const TableHeader& header() const { return *reinterpret_cast<const TableHeader*>(bytes_); }

  [[nodiscard]] const RuleEntry* rule(std::uint32_t index) const { return element<RuleEntry>(header().rules, index); }

  // The part of the patterns that lies within the table.
  [[nodiscard]] std::span<const PatternEntry> patterns(Range32 range) const {
    const Range32 all = header().patterns;
    if (range.first > all.count || range.count > all.count - range.first) return {};
    return {first<PatternEntry>(all) + range.first, range.count};
  }

  [[nodiscard]] std::optional<std::string_view> text(std::uint32_t begin, std::size_t size) const {
    const Range32 all = header().text;
    if (begin > all.count || size > all.count - begin) return {};
    return std::string_view(first<char>(all) + begin, size);
  }

  // The depths at which a key is asked for; 0 if it is not there.
  [[nodiscard]] std::uint64_t depths(std::uint64_t key) const {
    const FilterBit bit = filter_bit(key, header().filter.count);
    if ((first<std::uint64_t>(header().filter)[bit.word] & bit.mask) == 0) return 0;
    const KeySlot* slot = find(&KeySlot::key, key, header().keys, header().key_probes);
    return slot == nullptr ? 0 : slot->depths;
  }

  [[nodiscard]] std::span<const PatternEntry> bucket(std::uint64_t folder, std::uint64_t key) const {
    const BucketSlot* slot =
        find(&BucketSlot::bucket, bucket_of(folder, key), header().buckets, header().bucket_probes);
    return slot == nullptr ? std::span<const PatternEntry>() : patterns(slot->patterns);
  }

  [[nodiscard]] std::span<const Range32> names() const {
    return {first<Range32>(header().names), header().names.count};
  }

  // Calls `visit(KeySlot)` for each key that is true of the name, but for the one of any name, until it gives true.
  template <class Visit>
  bool any_key(std::string_view name, Visit visit) const;

 private:
  template <class Element>
  [[nodiscard]] const Element* first(Range32 array) const {
    return reinterpret_cast<const Element*>(bytes_ + array.first);
  }
  template <class Element>
  [[nodiscard]] const Element* element(Range32 array, std::uint32_t index) const {
    return index < array.count ? first<Element>(array) + index : nullptr;
  }
  template <class Slot>
  [[nodiscard]] const Slot* find(std::uint64_t Slot::*mark, std::uint64_t key, Range32 slots,
                                 std::uint32_t probes) const {
    std::uint32_t at = first_slot(key, slots.count);
    for (; probes > 0; --probes, at = (at + 1) & (slots.count - 1)) {
      const Slot* slot = first<Slot>(slots) + at;
      if (slot->*mark == key) return slot;
      if (slot->*mark == 0) return nullptr;
    }
    return nullptr;
  }
  template <class Visit>
  bool visit_key(KeyKind kind, std::uint64_t hash, Visit& visit) const {
    const std::uint64_t key = key_of(kind, hash);
    const std::uint64_t found = depths(key);
    return found != 0 && visit(KeySlot{key, found});
  }

  const std::byte* bytes_;
};

template <class Visit>
bool TableView::any_key(std::string_view name, Visit visit) const {
  if ((header().exact_lengths & length_bit(name.size())) != 0 && visit_key(KeyKind::exact, hash_name(name), visit)) {
    return true;
  }
  const std::size_t longest = name.size() < max_affix ? name.size() : max_affix;
  const std::uint64_t suffixes = header().suffix_lengths;
  std::uint64_t hash = 0;
  for (std::size_t size = 1; size <= longest && suffixes >> size != 0; ++size) {
    hash = affix_step(hash, name[name.size() - size]);
    if ((suffixes >> size & 1U) != 0 && visit_key(KeyKind::suffix, hash, visit)) return true;
  }
  const std::uint64_t prefixes = header().prefix_lengths;
  hash = 0;
  for (std::size_t size = 1; size <= longest && prefixes >> size != 0; ++size) {
    hash = affix_step(hash, name[size - 1]);
    if ((prefixes >> size & 1U) != 0 && visit_key(KeyKind::prefix, hash, visit)) return true;
  }
  return false;
}

}  // namespace memfile::config
