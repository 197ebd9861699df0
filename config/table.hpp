// A config compiled for the one question that every open asks: which rule decides about this path? The table is one run
// of bytes without pointers, so that it can be mapped from a file. Rules are sorted into exact names, suffixes,
// prefixes and general ones, by their literal folder, so that 10,000 rules answer nearly as fast as one.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace memfile::config {

// Compiles a config. `resolve` gives a folder's path with its symbolic links followed, or the path itself where there
// is none: a rule's literal folder is entered as written and as resolved.
using Resolve = std::function<std::string(const std::string& folder)>;
[[nodiscard]] std::vector<std::byte> compile(const Config& config, const Resolve& resolve);

// What the rules say of a path.
struct Decision {
  static constexpr int no_rule = -1;
  int rule = no_rule;  // index into Config::rules
  Action action = Action::disk;
  Existing existing = Existing::leave;
};

// A view of a compiled config. Copies nothing, owns nothing; the bytes, aligned to 8, must outlive it. Its functions
// use no heap and at most 512 bytes of stack, and are async-signal-safe.
class Table {
 public:
  constexpr Table() = default;
  // `bytes` is what compile() made. A table of another version or a torn one has no rules: is_valid() is false.
  explicit Table(std::span<const std::byte> bytes);
  [[nodiscard]] bool is_valid() const;

  // False if no rule with action ram can match a path whose last component is `name`, whatever its folder.
  [[nodiscard]] bool could_match(std::string_view name) const;

  // The rule that decides about `path`, absolute, without `.`, `..`, doubled or trailing slashes.
  [[nodiscard]] Decision decide(std::string_view path) const;

  // Whether every name directly in `folder` (spelled like a path above) would be decided as action ram.
  [[nodiscard]] bool covers(std::string_view folder) const;

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace memfile::config
