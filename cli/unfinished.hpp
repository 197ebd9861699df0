// What can be asked for and is not done yet by this version. A config may be written for what comes: it is read, and
// the launcher says what will not happen. An option is a wish for this one run, and is refused.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace memfile::cli {

[[nodiscard]] std::vector<std::string> unfinished(const config::Config& config);
[[nodiscard]] std::optional<std::string> unfinished(const RunOptions& options);

}  // namespace memfile::cli
