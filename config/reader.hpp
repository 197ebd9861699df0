// Reads a config: JSON with comments, checked key by key, every error with its line and column.
#pragma once
#include <string>
#include <string_view>

#include "config/config.hpp"
#include "config/result.hpp"

namespace memfile::config {

// What a text does not say itself.
struct Surroundings {
  std::string file;  // absolute path of the config; empty: a text without a file
  std::string base;  // absolute; where relative patterns start when the config has no "base"; "base" itself may be
                     // relative to the config's folder
  std::string home;  // absolute; what "~" stands for; empty: "~" is an error
};

// Checks all of it: keys (unknown, doubled), types, words, patterns. Reports the first problem in the text.
[[nodiscard]] Result<Config> read_text(std::string_view text, const Surroundings& surroundings);

// The same for a file of at most 16 MiB. `file` must be absolute.
[[nodiscard]] Result<Config> read_file(const Surroundings& surroundings);

// A pattern from a command line, made absolute as one in a config is.
[[nodiscard]] Result<Pattern> read_pattern(std::string_view written, const Surroundings& surroundings);

// The config as JSON that read_text gives back equal, patterns absolute. It is how `memfile run -r` hands on its rules.
[[nodiscard]] std::string to_json(const Config& config);

}  // namespace memfile::config
