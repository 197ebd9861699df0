#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <unordered_map>

#include "config/dissection.hpp"
#include "config/pattern.hpp"
#include "config/table.hpp"
#include "config/table_layout.hpp"

namespace memfile::config {
namespace {

// More globs of names than this are not tried one by one; then any name could match.
constexpr std::size_t max_name_globs = 16;

class Compiler {
 public:
  explicit Compiler(const Resolve& resolve) : resolve_(resolve) {}

  void add(const Rule& rule);
  std::vector<std::byte> bytes();

 private:
  struct Found {
    std::uint64_t bucket;
    PatternEntry pattern;
  };

  std::vector<Dissection> dissections(const Pattern& pattern);
  const std::string& resolved(const std::string& folder);
  void enter(const Dissection& dissection, Action action);
  void enter_key(const Dissection& dissection, std::uint64_t depths);
  PatternEntry entry(const Dissection& dissection);
  std::uint32_t place_text(const std::string& text);
  [[nodiscard]] std::vector<std::uint64_t> filter() const;
  std::vector<KeySlot> key_slots();
  std::vector<BucketSlot> bucket_slots();
  template <class Element>
  Range32 append(const std::vector<Element>& elements);

  const Resolve& resolve_;
  std::unordered_map<std::string, std::string> resolved_;
  TableHeader header_{};
  std::vector<RuleEntry> rules_;
  std::vector<Found> found_;
  std::vector<PatternEntry> excepts_;
  std::unordered_map<std::uint64_t, std::uint64_t> depths_;  // of each key
  std::map<std::string, Range32> name_globs_;
  std::unordered_map<std::string, std::uint32_t> texts_;
  std::vector<char> text_;
  std::vector<std::byte> bytes_;
};

void Compiler::add(const Rule& rule) {
  for (const Pattern& pattern : rule.match) {
    for (const Dissection& one : dissections(pattern)) enter(one, rule.action);
  }
  RuleEntry made{};
  made.action = rule.action == Action::ram ? 0 : 1;
  made.existing = rule.existing == Existing::leave ? 0 : 1;
  made.excepts.first = static_cast<std::uint32_t>(excepts_.size());
  for (const Pattern& pattern : rule.except) {
    for (const Dissection& one : dissections(pattern)) excepts_.push_back(entry(one));
  }
  made.excepts.count = static_cast<std::uint32_t>(excepts_.size()) - made.excepts.first;
  rules_.push_back(made);
}

// Each alternative as written, and with its folder resolved if that is another.
std::vector<Dissection> Compiler::dissections(const Pattern& pattern) {
  std::vector<Dissection> all;
  for (const std::string& alternative : alternatives(pattern.absolute)) {
    Dissection written = dissect(alternative);
    const std::string& folder = resolved(written.folder);
    if (folder != written.folder) all.push_back(dissect(collapsed(escaped(folder) + written.rest)));
    all.push_back(std::move(written));
  }
  return all;
}

const std::string& Compiler::resolved(const std::string& folder) {
  const auto [known, is_new] = resolved_.try_emplace(folder, folder);
  if (is_new && !folder.empty()) {
    const std::string answer = resolve_(folder);
    if (answer.starts_with('/') && collapsed(answer) != folder) known->second = collapsed(answer);
  }
  return known->second;
}

void Compiler::enter(const Dissection& dissection, Action action) {
  const FolderPlace place = place_of(dissection.folder);
  const std::uint64_t depth = std::uint64_t{1} << place.depth;
  const PatternEntry made = entry(dissection);
  found_.push_back({bucket_of(place.hash, key_of(dissection)), made});
  if (action == Action::disk) {
    found_.push_back({bucket_of(place.hash, key_of(KeyKind::disk_folder, 0)), made});
    header_.disk_depths |= depth;
  }
  enter_key(dissection, action == Action::ram ? depth | ram_bit : depth);
}

void Compiler::enter_key(const Dissection& dissection, std::uint64_t depths) {
  const std::string& text = dissection.key_text;
  switch (dissection.key_kind) {
    case KeyKind::exact:
      header_.exact_lengths |= length_bit(text.size());
      break;
    case KeyKind::suffix:
      header_.suffix_lengths |= length_bit(text.size());
      break;
    case KeyKind::prefix:
      header_.prefix_lengths |= length_bit(text.size());
      break;
    case KeyKind::any:
    case KeyKind::disk_folder: {
      header_.any_depths |= depths & ~ram_bit;
      if ((depths & ram_bit) == 0) return;
      if (dissection.name == NameClass::any) header_.any_ram = 1;
      const auto size = static_cast<std::uint32_t>(dissection.name_text.size());
      name_globs_.try_emplace(dissection.name_text, Range32{place_text(dissection.name_text), size});
      return;
    }
  }
  depths_[key_of(dissection)] |= depths;
}

PatternEntry Compiler::entry(const Dissection& dissection) {
  const std::string& tail = dissection.shape == Shape::glob ? dissection.rest : dissection.name_text;
  PatternEntry made{};
  made.rule = static_cast<std::uint32_t>(rules_.size());
  made.text = place_text(dissection.folder + tail);
  made.folder_size = static_cast<std::uint16_t>(dissection.folder.size());
  made.tail_size = static_cast<std::uint16_t>(tail.size());
  made.shape = dissection.shape;
  made.name = dissection.name;
  return made;
}

std::uint32_t Compiler::place_text(const std::string& text) {
  const auto [known, is_new] = texts_.try_emplace(text, static_cast<std::uint32_t>(text_.size()));
  if (is_new) text_.insert(text_.end(), text.begin(), text.end());
  return known->second;
}

// Puts an element into the first free slot on its way; gives how long the way was.
template <class Slot, class Mark>
std::uint32_t put(std::vector<Slot>& slots, Mark mark, const Slot& element) {
  const auto count = static_cast<std::uint32_t>(slots.size());
  std::uint32_t probes = 1;
  std::uint32_t at = first_slot(element.*mark, count);
  for (; slots[at].*mark != 0; at = (at + 1) & (count - 1)) ++probes;
  slots[at] = element;
  return probes;
}

// Eight bits for a key: nine of ten keys that are not there are told by it.
std::vector<std::uint64_t> Compiler::filter() const {
  std::vector<std::uint64_t> words(std::bit_ceil(depths_.size() / 8 + 1));
  for (const auto& [key, depths] : depths_) {
    const FilterBit bit = filter_bit(key, static_cast<std::uint32_t>(words.size()));
    words[bit.word] |= bit.mask;
  }
  return words;
}

std::vector<KeySlot> Compiler::key_slots() {
  std::vector<KeySlot> slots(std::bit_ceil(depths_.size() * 2 + 1));
  for (const auto& [key, depths] : depths_) {
    header_.key_probes = std::max(header_.key_probes, put(slots, &KeySlot::key, {key, depths}));
  }
  return slots;
}

// A slot for each run of patterns with one bucket; they are sorted by it.
std::vector<BucketSlot> Compiler::bucket_slots() {
  std::vector<BucketSlot> slots(std::bit_ceil(found_.size() * 2 + 1));
  for (std::size_t begin = 0; begin < found_.size();) {
    std::size_t end = begin;
    while (end < found_.size() && found_[end].bucket == found_[begin].bucket) ++end;
    const Range32 range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
    header_.bucket_probes =
        std::max(header_.bucket_probes, put(slots, &BucketSlot::bucket, {found_[begin].bucket, range}));
    begin = end;
  }
  return slots;
}

template <class Element>
Range32 Compiler::append(const std::vector<Element>& elements) {
  const std::size_t begin = bytes_.size();
  const std::size_t size = elements.size() * sizeof(Element);
  bytes_.resize((begin + size + 7) / 8 * 8);
  if (size != 0) std::memcpy(bytes_.data() + begin, elements.data(), size);
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(elements.size())};
}

std::vector<std::byte> Compiler::bytes() {
  std::stable_sort(found_.begin(), found_.end(), [](const Found& left, const Found& right) {
    return left.bucket != right.bucket ? left.bucket < right.bucket : left.pattern.rule < right.pattern.rule;
  });
  const std::vector<BucketSlot> buckets = bucket_slots();
  std::vector<PatternEntry> patterns;
  for (const Found& one : found_) patterns.push_back(one.pattern);
  for (RuleEntry& rule : rules_) rule.excepts.first += static_cast<std::uint32_t>(patterns.size());
  patterns.insert(patterns.end(), excepts_.begin(), excepts_.end());
  std::vector<Range32> names;
  for (const auto& [glob, range] : name_globs_) names.push_back(range);
  if (names.size() > max_name_globs) header_.any_ram = 1;
  if (header_.any_ram != 0) names.clear();

  bytes_.resize(sizeof(TableHeader));
  header_.magic = table_magic;
  header_.version = table_version;
  header_.rules = append(rules_);
  header_.patterns = append(patterns);
  header_.filter = append(filter());
  header_.keys = append(key_slots());
  header_.buckets = append(buckets);
  header_.names = append(names);
  header_.text = append(text_);
  append(std::vector<std::uint64_t>{table_magic});
  if (bytes_.size() > std::numeric_limits<std::uint32_t>::max()) return {};
  header_.size = static_cast<std::uint32_t>(bytes_.size());
  header_.check = header_check(header_);
  std::memcpy(bytes_.data(), &header_, sizeof header_);
  return std::move(bytes_);
}

}  // namespace

std::vector<std::byte> compile(const Config& config, const Resolve& resolve) {
  Compiler compiler(resolve);
  for (const Rule& rule : config.rules) compiler.add(rule);
  return compiler.bytes();
}

}  // namespace memfile::config
