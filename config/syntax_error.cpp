#include "config/syntax_error.hpp"

namespace memfile::config {
namespace {

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while parsing value - unexpected ...;
// last read: '...'; expected ..." without all that is not the reason itself.
std::string reason_itself(std::string_view reason) {
  if (const auto dash = reason.find(" - "); dash != std::string_view::npos) {
    reason.remove_prefix(dash + 3);
  } else if (const auto bracket = reason.find("] "); bracket != std::string_view::npos) {
    reason.remove_prefix(bracket + 2);
  }
  std::string text(reason);
  if (const auto read = text.find("; last read: '"); read != std::string::npos) {
    const auto expected = text.rfind("'; expected ");
    text.erase(read, (expected == std::string::npos || expected < read ? text.size() : expected + 1) - read);
  }
  if (text.ends_with("expected '}'") || text.ends_with("expected ']'")) text += " or a comma";
  return text;
}

// Whether the parser stopped at a byte inside of a string.
bool is_about_a_byte(std::string_view reason) {
  return holds(reason, "UTF-8") || holds(reason, "control character") || holds(reason, "backslash") ||
         holds(reason, "hex digits") || holds(reason, "surrogate");
}

// Whether the parser needed a byte more to see that a word or number is wrong, and stands behind it.
bool is_one_behind(std::string_view reason, std::string_view token) {
  if (!holds(reason, "invalid literal") && !holds(reason, "invalid number")) return false;
  return token.empty() || std::string_view("{}[],:\"/").find(token.front()) != std::string_view::npos;
}

}  // namespace

SyntaxError describe_syntax_error(std::string_view reason, std::size_t bytes_read, TokenCursor& cursor) {
  const std::string itself = reason_itself(reason);
  if (holds(itself, "BOM")) return {0, "not UTF-8 text: " + itself};
  if (holds(itself, "invalid comment")) return {cursor.find_slash(), "not JSON: " + itself};
  const auto [token, before] = cursor.find(bytes_read);
  if (holds(itself, "U+000A") || holds(itself, "U+000D") || holds(itself, "missing closing quote")) {
    const bool is_at_end = cursor.text(token).empty();
    return {is_at_end ? before.begin : token.begin, "this string is not closed on its line; add a \""};
  }
  const std::size_t last_read = bytes_read == 0 ? 0 : bytes_read - 1;
  if (holds(itself, "ill-formed UTF-8")) {
    return {last_read, "this string is not UTF-8; save the config as UTF-8, or write ? for the byte in a pattern"};
  }
  if (is_about_a_byte(itself)) return {last_read, "not JSON: " + itself};
  if (holds(itself, "unexpected end of input")) return {token.begin, "not JSON: the text ends too early: " + itself};
  const bool is_closing = holds(itself, "unexpected '}'") || holds(itself, "unexpected ']'");
  if (is_closing && cursor.text(before) == ",")
    return {before.begin, "not JSON: nothing follows this comma; remove it"};
  return {is_one_behind(itself, cursor.text(token)) ? before.begin : token.begin, "not JSON: " + itself};
}

}  // namespace memfile::config
