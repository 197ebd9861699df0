#include "config/table.hpp"

#include <array>
#include <limits>

#include "config/glob.hpp"
#include "config/table_view.hpp"

namespace memfile::config {
namespace {

constexpr std::uint32_t no_rule_yet = std::numeric_limits<std::uint32_t>::max();

// An absolute path and where its last component begins.
struct Path {
  std::string_view text;
  std::size_t name;

  [[nodiscard]] std::size_t last_slash() const { return name - 1; }
};

struct PatternText {
  std::string_view folder;
  std::string_view tail;
};

std::optional<PatternText> text_of(TableView view, const PatternEntry& pattern) {
  const auto text = view.text(pattern.text, std::size_t{pattern.folder_size} + pattern.tail_size);
  if (!text) return {};
  return PatternText{text->substr(0, pattern.folder_size), text->substr(pattern.folder_size)};
}

bool name_matches(NameClass name_class, std::string_view text, std::string_view name) {
  switch (name_class) {
    case NameClass::any:
      return true;
    case NameClass::exact:
      return name == text;
    case NameClass::suffix:
      return name.ends_with(text);
    case NameClass::prefix:
      return name.starts_with(text);
    case NameClass::glob:
      return glob_matches(text, name);
  }
  return false;
}

bool matches(TableView view, const PatternEntry& pattern, const Path& path) {
  const auto text = text_of(view, pattern);
  if (!text || path.last_slash() < text->folder.size()) return false;
  if (path.text[text->folder.size()] != '/' || !path.text.starts_with(text->folder)) return false;
  if (pattern.shape == Shape::glob) return glob_matches(text->tail, path.text.substr(text->folder.size()));
  if (pattern.shape == Shape::direct && text->folder.size() != path.last_slash()) return false;
  return name_matches(pattern.name, text->tail, path.text.substr(path.name));
}

bool is_excepted(TableView view, const RuleEntry& rule, const Path& path) {
  for (const PatternEntry& except : view.patterns(rule.excepts)) {
    if (matches(view, except, path)) return true;
  }
  return false;
}

// Walks from the root down to the folder that ends at `end`, as long as one of `depths` lies ahead. Calls
// `visit(hash, depth)` at these.
template <class Visit>
void walk(std::string_view path, std::size_t end, std::uint64_t depths, Visit visit) {
  std::uint64_t hash = root_hash;
  std::size_t at = 0;
  for (unsigned depth = 0; depth <= max_depth && depths >> depth != 0; ++depth) {
    if ((depths >> depth & 1U) != 0) visit(hash, depth);
    if (at >= end) return;
    ++at;
    hash = hash_component(hash, path, at);
  }
}

// One decision in the making. The keys that are true of the name are collected, so that the path is walked once for a
// few of them. Its functions stay out of line, for the sake of the stack.
class Search {
 public:
  Search(TableView view, std::string_view path) : view_(view), path_{path, path.rfind('/') + 1} {}

  [[nodiscard]] std::string_view name() const { return path_.text.substr(path_.name); }

  [[gnu::noinline]] void add(const KeySlot& slot) {
    if (count_ == keys_.size()) finish();
    keys_[count_++] = slot;
  }

  // The first rule that decides about the path and has one of the keys added; no_rule_yet if there is none.
  [[gnu::noinline]] std::uint32_t finish() {
    std::uint64_t depths = 0;
    for (std::size_t i = 0; i < count_; ++i) depths |= keys_[i].depths & ~ram_bit;
    walk(path_.text, path_.last_slash(), depths, [&](std::uint64_t folder, unsigned depth) {
      for (std::size_t i = 0; i < count_; ++i) {
        if ((keys_[i].depths >> depth & 1U) != 0) look_into(view_.bucket(folder, keys_[i].key));
      }
    });
    count_ = 0;
    return best_;
  }

 private:
  void look_into(std::span<const PatternEntry> bucket) {
    for (const PatternEntry& pattern : bucket) {
      if (pattern.rule >= best_) return;
      const RuleEntry* rule = view_.rule(pattern.rule);
      if (rule != nullptr && matches(view_, pattern, path_) && !is_excepted(view_, *rule, path_)) best_ = pattern.rule;
    }
  }

  TableView view_;
  Path path_;
  std::array<KeySlot, 2> keys_;
  std::uint32_t count_ = 0;
  std::uint32_t best_ = no_rule_yet;
};

// Whether the pattern may match, or with Shape::direct and a fitting name does match, something directly in `folder`.
bool reaches_into(TableView view, const PatternEntry& pattern, std::string_view folder) {
  const auto text = text_of(view, pattern);
  if (!text || !folder.starts_with(text->folder)) return false;
  if (folder.size() == text->folder.size()) return true;
  return folder[text->folder.size()] == '/' && pattern.shape != Shape::direct;
}

bool takes_every_name(TableView view, const PatternEntry& pattern, std::string_view folder) {
  if (pattern.name != NameClass::any || pattern.shape == Shape::glob) return false;
  const RuleEntry* rule = view.rule(pattern.rule);
  return rule != nullptr && rule->action == 0 && rule->excepts.count == 0 && reaches_into(view, pattern, folder);
}

bool are_arrays_inside(const TableHeader& header) {
  const auto is_inside = [&](Range32 array, std::size_t element) {
    return array.first % 8 == 0 && array.first <= header.size && array.count <= (header.size - array.first) / element;
  };
  return is_inside(header.rules, sizeof(RuleEntry)) && is_inside(header.patterns, sizeof(PatternEntry)) &&
         is_inside(header.filter, sizeof(std::uint64_t)) && is_inside(header.keys, sizeof(KeySlot)) &&
         is_inside(header.buckets, sizeof(BucketSlot)) && is_inside(header.names, sizeof(Range32)) &&
         is_inside(header.text, 1) && std::has_single_bit(header.filter.count) &&
         std::has_single_bit(header.keys.count) && std::has_single_bit(header.buckets.count);
}

}  // namespace

Table::Table(std::span<const std::byte> bytes) {
  if (TableView::is_valid(bytes)) bytes_ = bytes;
}

bool Table::is_valid() const { return !bytes_.empty(); }

bool Table::could_match(std::string_view name) const {
  if (!is_valid()) return false;
  const TableView view(bytes_);
  if (view.header().any_ram != 0) return true;
  if (view.any_key(name, [](const KeySlot& slot) { return (slot.depths & ram_bit) != 0; })) return true;
  for (const Range32& range : view.names()) {
    const auto glob = view.text(range.first, range.count);
    if (glob && glob_matches(*glob, name)) return true;
  }
  return false;
}

Decision Table::decide(std::string_view path) const {
  if (!is_valid() || !path.starts_with('/') || path.ends_with('/')) return {};
  const TableView view(bytes_);
  Search search(view, path);
  if (view.header().any_depths != 0) search.add({key_of(KeyKind::any, 0), view.header().any_depths});
  view.any_key(search.name(), [&](const KeySlot& slot) {
    search.add(slot);
    return false;
  });
  const std::uint32_t first = search.finish();
  const RuleEntry* rule = view.rule(first);
  if (rule == nullptr) return {};
  return {static_cast<int>(first), rule->action == 0 ? Action::ram : Action::disk,
          rule->existing == 0 ? Existing::leave : Existing::load};
}

bool Table::covers(std::string_view folder) const {
  if (!is_valid() || !folder.starts_with('/')) return false;
  if (folder == "/") folder = {};
  const TableView view(bytes_);
  std::uint32_t first = no_rule_yet;
  walk(folder, folder.size(), view.header().any_depths, [&](std::uint64_t hash, unsigned) {
    for (const PatternEntry& pattern : view.bucket(hash, key_of(KeyKind::any, 0))) {
      if (pattern.rule >= first) break;
      if (takes_every_name(view, pattern, folder)) first = pattern.rule;
    }
  });
  if (first == no_rule_yet) return false;
  // An earlier rule with action ram would only decide the same.
  bool is_disputed = false;
  walk(folder, folder.size(), view.header().disk_depths, [&](std::uint64_t hash, unsigned) {
    for (const PatternEntry& pattern : view.bucket(hash, key_of(KeyKind::disk_folder, 0))) {
      if (pattern.rule >= first) break;
      is_disputed = is_disputed || reaches_into(view, pattern, folder);
    }
  });
  return !is_disputed;
}

bool TableView::is_valid(std::span<const std::byte> bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
  if (bytes.size() < sizeof(TableHeader) + sizeof table_magic || address % alignof(TableHeader) != 0) return false;
  const TableHeader& header = TableView(bytes).header();
  if (header.magic != table_magic || header.version != table_version || header.size != bytes.size()) return false;
  if (header.check != header_check(header) || !are_arrays_inside(header)) return false;
  std::uint64_t last = 0;
  std::memcpy(&last, bytes.data() + bytes.size() - sizeof last, sizeof last);
  return last == table_magic;
}

}  // namespace memfile::config
