// One line per decision, where MEMFILE_LOG asks for it: `memfile: PID call path -> ram|disk (rule N)`, and `: REASON`
// where that is not what the rule says of a new file.
#pragma once
#include <string_view>

namespace memfile::preload {

// "stderr" or an absolute path; anything else, or nothing, is silence. Copied: programs write over their environment.
void open_log(const char* destination);

[[nodiscard]] bool is_logging();

// `rule` counts from 0 here and from 1 in the log. `reason` is what stands behind it.
void log_decision(const char* call, std::string_view path, bool is_ram, int rule, std::string_view reason);

// A line for the user on stderr, whatever MEMFILE_LOG says. `text` is cut at 1,000 bytes.
void say(std::string_view text);

}  // namespace memfile::preload
