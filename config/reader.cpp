#include "config/reader.hpp"

#include "config/config_file.hpp"
#include "config/listener.hpp"
#include "config/pattern.hpp"

namespace memfile::config {

Result<Config> read_text(std::string_view text, const Surroundings& surroundings) {
  // nlohmann takes a NUL for the end of the text.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return Problem{surroundings.file, TokenCursor(text).position(nul), {}, "a NUL byte; a config is UTF-8 text"};
  }
  if (TokenCursor cursor(text); cursor.next().begin == text.size()) {
    return Problem{surroundings.file, {1, 1}, {}, "the config is empty; the least one is {\"version\": 1}"};
  }
  Listener listener(text, surroundings);
  // Whether it stopped early is known to the listener, and why.
  static_cast<void>(
      nlohmann::json::sax_parse(text.begin(), text.end(), &listener, nlohmann::json::input_format_t::json, true, true));
  return listener.result();
}

Result<Config> read_file(const Surroundings& surroundings) {
  const Result<std::string> text = read_bytes(surroundings.file);
  if (!text) return text.problem();
  return read_text(*text, surroundings);
}

Result<Pattern> read_pattern(std::string_view written, const Surroundings& surroundings) {
  if (auto fault = pattern_fault(written, surroundings.home)) return Problem{{}, {}, {}, *fault};
  return Pattern{std::string(written), absolute_pattern(written, surroundings.base, surroundings.home), {}};
}

}  // namespace memfile::config
