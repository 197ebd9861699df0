// What was typed after `memfile`, taken apart, and the help for it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace memfile::cli {

enum class Subcommand { run, ls, rm, why, check };

struct CommandLine {
  Subcommand subcommand = Subcommand::ls;
  RunOptions run;
  std::optional<std::string> config;  // of the others
  std::vector<std::string> paths;     // of rm
  std::string path;                   // of why
  bool is_json = false;               // of ls
};

// Either a command line, or the exit code after help or a complaint was printed.
struct Parsed {
  std::optional<CommandLine> line;
  int exit_code = done;
};
[[nodiscard]] Parsed parse(int argc, char** argv);

}  // namespace memfile::cli
