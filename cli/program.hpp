// What stands in the library's way in a program: ld.so does not load it into static programs, nor into ones that run
// with more rights than their caller.
#pragma once
#include <optional>
#include <string>

namespace memfile::cli {

// The path of a command as execvp finds it; nothing if it is not found.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name);

// A sentence about what keeps the library out of the program at `path`, or of its interpreter where it is a script.
[[nodiscard]] std::optional<std::string> obstacle(const std::string& path);

}  // namespace memfile::cli
