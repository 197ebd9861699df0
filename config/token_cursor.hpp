// Where the tokens of a JSON text stand. nlohmann's parser tells what it read but not where; this walks the same text
// one token behind it. It checks nothing: what it walks over the parser has accepted.
#pragma once
#include <cstddef>
#include <string_view>

#include "config/result.hpp"

namespace memfile::config {

// Part of a text, in bytes from its beginning.
struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class TokenCursor {
 public:
  // The text must outlive the cursor.
  explicit TokenCursor(std::string_view text);

  // Moves to the next token, blanks and comments skipped; an empty extent at the end of the text.
  Extent next();

  // The same, commas and colons skipped as well: the next one that the parser reports.
  Extent next_reported();

  // Moves to the first token that ends at or behind `end`, unless it stands there, and gives it and the one before it;
  // at the end of the text the token is empty.
  struct Found {
    Extent token;
    Extent before;
  };
  Found find(std::size_t end);

  // Moves to the first '/' that begins no whole comment, and gives where it stands.
  std::size_t find_slash();

  [[nodiscard]] std::string_view text(Extent extent) const;

  // Cheap for offsets that only grow.
  [[nodiscard]] Position position(std::size_t offset);

 private:
  void skip_blanks();

  std::string_view text_;
  Extent token_;
  // Lines are counted on from the last position that was asked for.
  std::size_t counted_ = 0;
  std::size_t line_start_ = 0;
  unsigned line_ = 1;
};

}  // namespace memfile::config
