// The subcommands of `memfile`, a function each. Each gives the command's exit code.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/result.hpp"

namespace memfile::cli {

enum ExitCode : int { done = 0, not_done = 1, usage = 2, busy = 3 };

struct RunOptions {
  std::optional<std::string> config;  // -c
  std::vector<std::string> ram;       // -r, patterns
  std::vector<std::string> disk;      // -x, patterns
  std::vector<std::string> command;   // the program and its arguments
};

// Replaces this process by the program, with the library before it. Returns only if that failed.
[[nodiscard]] int run(const RunOptions& options);
// Lists the memfiles of the effective user.
[[nodiscard]] int ls(bool is_json);
// Removes memfiles: link and RAM file. Refuses what is not a memfile.
[[nodiscard]] int rm(const std::vector<std::string>& paths);
// Says which rule decides about a path, what would happen, and what is there now.
[[nodiscard]] int why(const std::string& path, const std::optional<std::string>& config);
// Checks a config, and says what it means.
[[nodiscard]] int check(const std::optional<std::string>& config);

// Prints "memfile: TEXT" on stderr.
void complain(const std::string& text);

// The config that a program started here would get. Reports on stderr what is wrong, and gives nothing.
[[nodiscard]] std::optional<config::Config> find_config(const std::optional<std::string>& named);

}  // namespace memfile::cli
