// Programs as the launcher sees them: where a command is, what keeps the library out of it, and why it did not start.
#pragma once
#include <optional>
#include <string>

namespace memfile::cli {

// The path of a command as execvp finds it; nothing if it is not found.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name);

// A sentence about what keeps the library out of the program at `path`, or out of its interpreter where it is a script,
// named in it or by `env`: ld.so does not load the library into static programs, nor into ones that run with more
// rights than their caller.
[[nodiscard]] std::optional<std::string> obstacle(const std::string& path);

struct StartFailure {
  int exit_code;  // 127: not found; 126: found, and could not be executed
  std::string sentence;
};
// After execvp of the command `name` failed with `error`.
[[nodiscard]] StartFailure why_not_started(const std::string& name, int error);

}  // namespace memfile::cli
