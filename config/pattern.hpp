// From a pattern as somebody wrote it to an absolute one. Text in, text out: it asks no file system.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace memfile::config {

// Longer than any path that the kernel takes (PATH_MAX).
constexpr std::size_t max_pattern_size = 4095;

// Why `written` cannot be a rule's pattern, with the way out, or nothing. `home` is what "~" stands for; may be empty.
[[nodiscard]] std::optional<std::string> pattern_fault(std::string_view written, std::string_view home);

// A faultless pattern made absolute: without a '/' it is looked for at any depth below `base`; with one, also inside
// braces, it starts at `base`; a leading "/" or "~/" is absolute. "//" and "/./" are collapsed.
[[nodiscard]] std::string absolute_pattern(std::string_view written, std::string_view base, std::string_view home);

// The absolute patterns without braces that an absolute one stands for, each collapsed.
[[nodiscard]] std::vector<std::string> alternatives(std::string_view absolute);

// A path as a pattern that matches it and nothing else.
[[nodiscard]] std::string escaped(std::string_view path);

// An absolute path or pattern without empty components and ".": "/a//./b/" is "/a/b".
[[nodiscard]] std::string collapsed(std::string_view path);

// An absolute path in which ".." is also taken away, by its text: "/a/b/../c" is "/a/c".
[[nodiscard]] std::string normalised(std::string_view path);

// Calls `visit(component)` for each component of a path or pattern, empty ones included, none before a leading '/'.
template <class Visit>
void for_each_component(std::string_view path, Visit visit) {
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const std::size_t slash = path.find('/');
    visit(path.substr(0, slash));
    if (slash == std::string_view::npos) return;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace memfile::config
