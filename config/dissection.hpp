// A pattern taken apart for the table: the folder that it names in plain letters, and what it asks of a name.
#pragma once
#include <string>
#include <string_view>

#include "config/key_hash.hpp"
#include "config/table_layout.hpp"

namespace memfile::config {

struct Dissection {
  std::string folder;  // unescaped, "/a/b", empty for the root; at most max_depth components
  std::string rest;    // the pattern from the '/' behind the folder
  Shape shape = Shape::glob;
  NameClass name = NameClass::glob;  // of a Shape::glob too
  std::string name_text;             // what `name` compares with
  KeyKind key_kind = KeyKind::any;   // what is true of every name that the pattern matches
  std::string key_text;              // unescaped, at most max_affix bytes for a suffix or prefix
};

// `pattern` is absolute, collapsed, well formed and without braces.
[[nodiscard]] Dissection dissect(std::string_view pattern);

// The hash under which the key is found.
[[nodiscard]] std::uint64_t key_of(const Dissection& dissection);

// The folder's hash and depth.
struct FolderPlace {
  std::uint64_t hash;
  unsigned depth;
};
[[nodiscard]] FolderPlace place_of(std::string_view folder);

}  // namespace memfile::config
