// The matcher and the check. Only the last `*` and the last `**` are ever gone back to: what stands before them has
// matched as early as it can, so that another way to match it would leave less to the rest.
#include "config/glob.hpp"

#include "config/glob_item.hpp"

namespace memfile::config {
namespace {

constexpr auto none = std::string_view::npos;

// A place to go on from after a mismatch: behind the star, and the text from which the star's rest is tried.
struct Resume {
  std::size_t pattern = none;
  std::size_t text = 0;
};

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// One member of a class, perhaps a range; `at` is moved behind it.
struct Range {
  unsigned char low;
  unsigned char high;
};
Range next_range(std::string_view pattern, std::size_t& at, std::size_t end) {
  const auto member = [&] {
    if (pattern[at] == '\\' && at + 1 < end) ++at;
    return byte_at(pattern, at++);
  };
  const unsigned char low = member();
  if (at + 1 >= end || pattern[at] != '-') return {low, low};
  ++at;
  return {low, member()};
}

bool class_matches(std::string_view pattern, std::size_t start, unsigned char byte) {
  const std::size_t behind = class_end(pattern, start);
  if (behind == none) return false;
  const std::size_t end = behind - 1;
  std::size_t at = start + 1;
  const bool negated = pattern[at] == '!' || pattern[at] == '^';
  if (negated) ++at;
  bool found = false;
  while (at < end) {
    const Range range = next_range(pattern, at, end);
    found = found || (range.low <= byte && byte <= range.high);
  }
  return found != negated;
}

// Whether the item at `at` matches the byte of a text.
bool item_matches(std::string_view pattern, std::size_t at, char byte) {
  if (pattern[at] == '\\') return at + 1 < pattern.size() && pattern[at + 1] == byte;
  if (pattern[at] == '?') return byte != '/';
  if (pattern[at] == '[') return byte != '/' && class_matches(pattern, at, static_cast<unsigned char>(byte));
  return pattern[at] == byte;
}

bool is_double_star(std::string_view pattern, std::size_t at) {
  if (at != 0 && pattern[at - 1] != '/') return false;
  if (pattern.compare(at, 2, "**") != 0) return false;
  return at + 2 == pattern.size() || pattern[at + 2] == '/';
}

std::optional<GlobError> check_class(std::string_view pattern, std::size_t start) {
  const std::size_t behind = class_end(pattern, start);
  if (behind == none) return GlobError{"this [ is not closed; add a ], or write \\[ for the character", start};
  const std::size_t end = behind - 1;
  std::size_t at = start + 1;
  if (pattern[at] == '!' || pattern[at] == '^') ++at;
  while (at < end) {
    const std::size_t here = at;
    if (pattern.compare(at, 2, "[:") == 0) return GlobError{"names like [:alpha:] are not known; write a-zA-Z", here};
    const Range range = next_range(pattern, at, end);
    if (range.low > range.high) return GlobError{"this range runs backwards", here};
    if (range.low <= '/' && '/' <= range.high && (range.low == '/' || range.high == '/')) {
      return GlobError{"a class never matches /; write {a,b} for alternatives that hold one", here};
    }
  }
  return {};
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  Resume star;
  Resume folders;
  std::size_t at = 0;
  std::size_t done = 0;
  for (;;) {
    const bool is_star = at < pattern.size() && pattern[at] == '*';
    if (is_star && is_double_star(pattern, at)) {
      if (at + 2 == pattern.size()) return done < text.size();
      at += 3;
      folders = {at, done};
      star = {};
      continue;
    }
    if (is_star) {
      while (at < pattern.size() && pattern[at] == '*') ++at;
      star = {at, done};
      continue;
    }
    if (at == pattern.size() && done == text.size()) return true;
    if (at < pattern.size() && done < text.size() && item_matches(pattern, at, text[done])) {
      if (text[done] == '/') star = {};
      at = item_end(pattern, at);
      ++done;
      continue;
    }
    if (star.pattern != none && star.text < text.size() && text[star.text] != '/') {
      at = star.pattern;
      done = ++star.text;
      continue;
    }
    if (folders.pattern == none) return false;
    const std::size_t slash = text.find('/', folders.text);
    if (slash == none) return false;
    folders.text = done = slash + 1;
    at = folders.pattern;
    star = {};
  }
}

std::optional<GlobError> check_glob(std::string_view pattern) {
  if (pattern.empty()) return GlobError{"the pattern is empty; ** matches everything", 0};
  if (const auto nul = pattern.find('\0'); nul != none) return GlobError{"no path holds a NUL byte", nul};
  std::size_t open_braces = 0;
  std::size_t outermost = 0;
  for (std::size_t at = 0; at < pattern.size(); at = item_end(pattern, at)) {
    if (pattern[at] == '\\') {
      if (at + 1 == pattern.size())
        return GlobError{"a \\ at the end escapes nothing; write \\\\ for the character", at};
      if (pattern[at + 1] == '/') return GlobError{"a / cannot be escaped; leave out the \\", at};
    }
    if (pattern[at] == '[') {
      if (const auto error = check_class(pattern, at)) return error;
    }
    if (pattern[at] == '{' && open_braces++ == 0) outermost = at;
    if (pattern[at] == '}' && open_braces > 0) --open_braces;
  }
  if (open_braces > 0) return GlobError{"this { is not closed; add a }, or write \\{ for the character", outermost};
  return {};
}

}  // namespace memfile::config
