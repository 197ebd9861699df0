// {a,b} written out. A worklist instead of recursion: a pattern's first brace is replaced by each of its alternatives,
// and what comes of it is looked at again.
#include <string>
#include <string_view>
#include <vector>

#include "config/glob.hpp"
#include "config/glob_item.hpp"

namespace memfile::config {
namespace {

// The first brace of a pattern: [open, behind), and where each of its alternatives begins; their ends are followed by a
// ',' or the '}'.
struct Brace {
  std::size_t open = std::string_view::npos;
  std::size_t behind = 0;
  std::vector<std::size_t> alternatives;
};

Brace first_brace(std::string_view pattern) {
  Brace brace;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < pattern.size(); at = item_end(pattern, at)) {
    const char byte = pattern[at];
    if (byte == '{' && depth++ == 0) {
      brace.open = at;
      brace.alternatives.push_back(at + 1);
    }
    if (byte == ',' && depth == 1) brace.alternatives.push_back(at + 1);
    if (byte == '}' && depth > 0 && --depth == 0) {
      brace.behind = at + 1;
      return brace;
    }
  }
  return {};
}

}  // namespace

std::optional<std::vector<std::string>> expand_braces(std::string_view pattern) {
  std::vector<std::string> done;
  std::vector<std::string> open{std::string(pattern)};
  while (!open.empty()) {
    const std::string whole = std::move(open.back());
    open.pop_back();
    Brace brace = first_brace(whole);
    if (brace.open == std::string::npos) {
      done.push_back(whole);
      continue;
    }
    if (done.size() + open.size() + brace.alternatives.size() > max_alternatives) return {};
    brace.alternatives.push_back(brace.behind);
    for (std::size_t i = brace.alternatives.size() - 1; i-- > 0;) {
      const std::size_t begin = brace.alternatives[i];
      std::string one = whole.substr(0, brace.open);
      one.append(whole, begin, brace.alternatives[i + 1] - 1 - begin).append(whole, brace.behind);
      open.push_back(std::move(one));
    }
  }
  return done;
}

}  // namespace memfile::config
