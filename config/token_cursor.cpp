#include "config/token_cursor.hpp"

#include <algorithm>

namespace memfile::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view punctuation = "{}[],:";
constexpr std::string_view ends_a_word = "{}[],:\"/ \t\r\n";

// Behind the closing quote of the string that begins at `begin`.
std::size_t string_end(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

}  // namespace

TokenCursor::TokenCursor(std::string_view text) : text_(text) {
  if (text.starts_with(byte_order_mark)) token_ = {0, byte_order_mark.size()};
}

void TokenCursor::skip_blanks() {
  std::size_t at = token_.end;
  for (;;) {
    at = std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
    if (text_.compare(at, 2, "//") == 0) {
      at = std::min(text_.find('\n', at), text_.size());
    } else if (text_.compare(at, 2, "/*") == 0) {
      const std::size_t close = text_.find("*/", at + 2);
      if (close == std::string_view::npos) break;
      at = close + 2;
    } else {
      break;
    }
  }
  token_.begin = at;
}

Extent TokenCursor::next() {
  skip_blanks();
  const std::size_t begin = token_.begin;
  if (begin == text_.size()) {
    token_.end = begin;
  } else if (text_[begin] == '"') {
    token_.end = string_end(text_, begin);
  } else if (punctuation.find(text_[begin]) != std::string_view::npos) {
    token_.end = begin + 1;
  } else {
    token_.end = std::min(text_.find_first_of(ends_a_word, begin + 1), text_.size());
  }
  return token_;
}

Extent TokenCursor::next_reported() {
  for (;;) {
    const Extent token = next();
    if (token.begin == token.end || (text_[token.begin] != ',' && text_[token.begin] != ':')) return token;
  }
}

TokenCursor::Found TokenCursor::find(std::size_t end) {
  Extent before = token_;
  while (token_.end < end) {
    before = token_;
    const Extent token = next();
    if (token.begin == token.end) break;
  }
  return {token_, before};
}

std::size_t TokenCursor::find_slash() {
  while (text_.substr(token_.begin, 1) != "/") {
    const Extent token = next();
    if (token.begin == token.end) break;
  }
  return token_.begin;
}

std::string_view TokenCursor::text(Extent extent) const {
  return text_.substr(extent.begin, extent.end - extent.begin);
}

Position TokenCursor::position(std::size_t offset) {
  if (offset < counted_) {
    line_start_ = counted_ = 0;
    line_ = 1;
  }
  const std::string_view before = text_.substr(0, offset);
  for (std::size_t newline = before.find('\n', counted_); newline != std::string_view::npos;
       newline = before.find('\n', newline + 1)) {
    line_start_ = newline + 1;
    ++line_;
  }
  counted_ = offset;
  std::size_t column = offset - line_start_;
  if (line_ == 1 && offset >= byte_order_mark.size() && text_.starts_with(byte_order_mark)) {
    column -= byte_order_mark.size();
  }
  return {line_, static_cast<unsigned>(column + 1)};
}

}  // namespace memfile::config
