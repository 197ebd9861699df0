// nlohmann's reason why a text is not JSON, in words for a person and with the place of the token at fault.
#pragma once
#include <string>
#include <string_view>

#include "config/token_cursor.hpp"

namespace memfile::config {

struct SyntaxError {
  std::size_t offset;
  std::string message;
};

// `reason` is the exception's text, `bytes_read` how far the parser came; the cursor stands at the last token that it
// reported.
[[nodiscard]] SyntaxError describe_syntax_error(std::string_view reason, std::size_t bytes_read, TokenCursor& cursor);

}  // namespace memfile::config
