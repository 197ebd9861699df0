// The rules that -r and -x give, for one run.
#pragma once
#include <optional>
#include <string>

#include "cli/commands.hpp"

namespace memfile::cli {

// The config with the rules of -x and then those of -r before its own. Their base is the working folder, and that of a
// config without a file, too. Reports on stderr what is wrong.
[[nodiscard]] std::optional<config::Config> with_given_rules(config::Config config, const RunOptions& options);

// Leaves a config in its store, where children and commands that run later find it, and gives the file's path. Reports
// on stderr why it cannot be.
[[nodiscard]] std::optional<std::string> leave_in_store(const config::Config& config);

}  // namespace memfile::cli
