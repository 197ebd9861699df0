#include "config/words.hpp"

#include <algorithm>
#include <vector>

#include "config/utf8.hpp"

namespace memfile::config {
namespace {

// Insertions, deletions, changes and exchanges of neighbours that lead from one word to the other.
std::size_t distance(std::string_view from, std::string_view to) {
  const std::size_t width = to.size() + 1;
  std::vector<std::size_t> cells((from.size() + 1) * width);
  const auto cell = [&](std::size_t row, std::size_t column) -> std::size_t& { return cells[row * width + column]; };
  for (std::size_t row = 0; row <= from.size(); ++row) cell(row, 0) = row;
  for (std::size_t column = 0; column <= to.size(); ++column) cell(0, column) = column;
  for (std::size_t row = 1; row <= from.size(); ++row) {
    for (std::size_t column = 1; column <= to.size(); ++column) {
      const std::size_t change = from[row - 1] == to[column - 1] ? 0 : 1;
      std::size_t best = std::min({cell(row - 1, column) + 1, cell(row, column - 1) + 1,  //
                                   cell(row - 1, column - 1) + change});
      const bool exchanged =
          row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
      if (exchanged) best = std::min(best, cell(row - 2, column - 2) + 1);
      cell(row, column) = best;
    }
  }
  return cell(from.size(), to.size());
}

void append_in_hex(std::string& result, std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    result.append("\\x").append(1, digits[value / 16]).append(1, digits[value % 16]);
  }
}

}  // namespace

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 120;
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.size() > longest && at == longest / 2) {
      result += "...";
      at = text.size() - longest / 2;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == 0x7f) {
      append_in_hex(result, text.substr(at, 1));
    } else {
      result += text[at];
    }
  }
  return result + '"';
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = utf8_size(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    // U+0080 to U+009F are control characters, too.
    const bool is_control = byte < 0x20 || byte == 0x7f || (size == 2 && byte == 0xc2 && text[at + 1] < '\xa0');
    if (byte == '\n') {
      result += "\\n";
    } else if (byte == '\\') {
      result += "\\\\";
    } else if (size != 0 && !is_control) {
      result.append(text, at, size);
    } else {
      append_in_hex(result, text.substr(at, size == 0 ? 1 : size));
    }
    at += size == 0 ? 1 : size;
  }
  return result;
}

std::string quoted_list(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += in_quotes(word);
  }
  return list;
}

std::string_view nearest(std::string_view typed, std::span<const std::string_view> words) {
  constexpr std::size_t longest = 40;
  if (typed.size() > longest) return {};
  std::string_view best;
  std::size_t best_distance = typed.size() / 3 + 2;
  for (const std::string_view word : words) {
    const std::size_t steps = distance(typed, word);
    if (steps < best_distance && steps < word.size()) {
      best = word;
      best_distance = steps;
    }
  }
  return best;
}

}  // namespace memfile::config
