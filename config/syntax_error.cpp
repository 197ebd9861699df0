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
    text.erase(read, text.rfind('\'') + 1 - read);
  }
  return text;
}

// Whether the parser stopped at a byte inside of a string.
bool is_about_a_byte(std::string_view reason) {
  return holds(reason, "UTF-8") || holds(reason, "control character") || holds(reason, "backslash") ||
         holds(reason, "hex digits") || holds(reason, "surrogate");
}

}  // namespace

SyntaxError describe_syntax_error(std::string_view reason, std::size_t bytes_read, TokenCursor& cursor) {
  const std::string itself = reason_itself(reason);
  const TokenCursor::Found at_fault = cursor.find(bytes_read);
  const std::size_t begin = at_fault.token.begin;
  const std::size_t last_read = bytes_read == 0 ? 0 : bytes_read - 1;
  if (holds(itself, "U+000A") || holds(itself, "U+000D") || holds(itself, "missing closing quote")) {
    return {begin, "this string is not closed on its line; add a \""};
  }
  if (holds(itself, "ill-formed UTF-8")) {
    return {last_read, "this string is not UTF-8; save the config as UTF-8, or write ? for the byte in a pattern"};
  }
  if (is_about_a_byte(itself)) return {last_read, "not JSON: " + itself};
  if (holds(itself, "unexpected end of input")) return {begin, "not JSON: the text ends too early: " + itself};
  if (holds(itself, "unexpected '}'") || holds(itself, "unexpected ']'")) {
    const bool after_comma = cursor.text(at_fault.before) == ",";
    if (after_comma) return {at_fault.before.begin, "not JSON: nothing follows this comma; remove it"};
  }
  return {begin, "not JSON: " + itself};
}

}  // namespace memfile::config
