#include "config/dissection.hpp"

#include <algorithm>
#include <vector>

#include "config/glob_item.hpp"
#include "config/pattern.hpp"

namespace memfile::config {
namespace {

// The literal bytes at the beginning and the end of a component, unescaped, and the items between them.
struct Affixes {
  std::string head;
  std::string_view middle;
  std::string tail;  // empty if there is no middle
};

Affixes affixes(std::string_view component) {
  Affixes result;
  std::size_t middle_begin = component.size();
  std::size_t middle_end = component.size();
  for (std::size_t at = 0; at < component.size();) {
    const std::size_t end = item_end(component, at);
    if (is_wild(component[at])) {
      middle_begin = std::min(middle_begin, at);
      middle_end = end;
      result.tail.clear();
    } else {
      (middle_begin == component.size() ? result.head : result.tail) += component[end - 1];
    }
    at = end;
  }
  result.middle = component.substr(middle_begin, middle_end - middle_begin);
  return result;
}

bool is_literal(std::string_view component) { return affixes(component).middle.empty(); }

void classify_name(std::string_view component, Dissection& result) {
  const Affixes parts = affixes(component);
  const bool only_stars = parts.middle.find_first_not_of('*') == std::string_view::npos;
  if (parts.middle.empty()) {
    result.name = NameClass::exact;
    result.name_text = parts.head;
  } else if (!only_stars || (!parts.head.empty() && !parts.tail.empty())) {
    result.name = NameClass::glob;
    result.name_text = component;
  } else if (!parts.tail.empty()) {
    result.name = NameClass::suffix;
    result.name_text = parts.tail;
  } else {
    result.name = parts.head.empty() ? NameClass::any : NameClass::prefix;
    result.name_text = parts.head;
  }
  if (parts.middle.empty()) {
    result.key_kind = KeyKind::exact;
    result.key_text = parts.head;
  } else if (parts.tail.size() >= parts.head.size() && !parts.tail.empty()) {
    result.key_kind = KeyKind::suffix;
    result.key_text = parts.tail.substr(parts.tail.size() - std::min(parts.tail.size(), max_affix));
  } else if (!parts.head.empty()) {
    result.key_kind = KeyKind::prefix;
    result.key_text = parts.head.substr(0, max_affix);
  }
}

Shape shape_of(const std::vector<std::string_view>& components, std::size_t literal) {
  const std::size_t rest = components.size() - literal;
  if (components.back() == "**") return rest == 1 ? Shape::deep : Shape::glob;
  if (rest == 1) return Shape::direct;
  return rest == 2 && components[literal] == "**" ? Shape::deep : Shape::glob;
}

}  // namespace

Dissection dissect(std::string_view pattern) {
  std::vector<std::string_view> components;
  for_each_component(pattern, [&](std::string_view component) {
    const bool is_repeated = component == "**" && !components.empty() && components.back() == "**";
    if (!is_repeated) components.push_back(component);
  });
  Dissection result;
  const std::size_t most = std::min<std::size_t>(components.size() - 1, max_depth);
  std::size_t literal = 0;
  while (literal < most && is_literal(components[literal])) {
    result.folder.append("/").append(affixes(components[literal]).head);
    ++literal;
  }
  classify_name(components.back(), result);
  result.shape = shape_of(components, literal);
  for (std::size_t at = literal; at < components.size(); ++at) result.rest.append("/").append(components[at]);
  return result;
}

std::uint64_t key_of(const Dissection& dissection) {
  const std::string& text = dissection.key_text;
  std::uint64_t hash = 0;
  switch (dissection.key_kind) {
    case KeyKind::exact:
      hash = hash_name(text);
      break;
    case KeyKind::suffix:
      for (std::size_t at = text.size(); at-- > 0;) hash = affix_step(hash, text[at]);
      break;
    case KeyKind::prefix:
      for (const char byte : text) hash = affix_step(hash, byte);
      break;
    case KeyKind::any:
    case KeyKind::disk_folder:
      break;
  }
  return key_of(dissection.key_kind, hash);
}

FolderPlace place_of(std::string_view folder) {
  FolderPlace place{root_hash, 0};
  for (std::size_t at = 0; at < folder.size();) {
    ++at;
    place.hash = hash_component(place.hash, folder, at);
    ++place.depth;
  }
  return place;
}

}  // namespace memfile::config
