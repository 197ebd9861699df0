// Words for messages: as a person may have typed them, and what they may have meant.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace memfile::config {

// The text in double quotes, with control bytes as \xNN, shortened in the middle if it is very long.
[[nodiscard]] std::string in_quotes(std::string_view text);

// The text with control characters, backslashes and what is no UTF-8 as \n, \\ or \xNN: one line that no terminal acts
// on.
[[nodiscard]] std::string printable(std::string_view text);

// `"a", "b", "c"`.
[[nodiscard]] std::string quoted_list(std::span<const std::string_view> words);

// The word that `typed` is probably meant to be, or an empty one if none is near.
[[nodiscard]] std::string_view nearest(std::string_view typed, std::span<const std::string_view> words);

}  // namespace memfile::config
