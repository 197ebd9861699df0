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
  std::string on_exit;                // --on-exit: "", "keep", "save" or "discard"
  bool loads = false;                 // --load
  bool has_stats = false;             // --stats
  bool waits = false;                 // --wait
  std::vector<std::string> command;   // the program and its arguments; never empty
};

// Replaces this process by the program, with the library before it. Returns only if that failed.
[[nodiscard]] int run(const RunOptions& options);
// Lists the memfiles in the effective user's store below the config's "store". Without a config that is /dev/shm; with
// one that is wrong, too, and the exit code says so.
[[nodiscard]] int ls(bool is_json, const std::optional<std::string>& config);
// Removes memfiles: link and RAM file. Refuses what is not a memfile.
[[nodiscard]] int rm(const std::vector<std::string>& paths);
// Says which rule decides about a path, what would happen, and what is there now.
[[nodiscard]] int why(const std::string& path, const std::optional<std::string>& config);
// Checks a config, and says what it means.
[[nodiscard]] int check(const std::optional<std::string>& config);

// Prints "memfile: TEXT" on stderr.
void complain(const std::string& text);

}  // namespace memfile::cli
