// One pattern against one path, by bytes. `*` and `?` stop at '/'; `**` alone between slashes is any number of folders,
// none too, and at the end everything below; anywhere else it is `*`. [a-z], [!a-z] (or [^a-z]), []a], and `\` escapes.
// A leading dot is nothing special. {a,b}, nested too, stands for several patterns: expand_braces writes them out.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace memfile::config {

// What is wrong with a pattern, and at which byte of it, from 0.
struct GlobError {
  const char* message;
  std::size_t offset;
};

// Whether a pattern, braces included, is well formed: nothing, or its first error.
[[nodiscard]] std::optional<GlobError> check_glob(std::string_view pattern);

// Whether `pattern`, well formed and without braces (they are plain bytes here), matches all of `text`. No heap, no
// recursion, time at most the product of both sizes times the number of folders: it runs inside other people's
// programs. A malformed pattern gives some answer, and reads no byte outside of it.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

// The patterns without braces that a well formed one stands for, or nothing if they are more than max_alternatives.
constexpr std::size_t max_alternatives = 1024;
[[nodiscard]] std::optional<std::vector<std::string>> expand_braces(std::string_view pattern);

}  // namespace memfile::config
