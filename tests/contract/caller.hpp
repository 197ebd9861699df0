// Runs the program that makes every call that the library stands in for (tests/contract/caller).
#pragma once
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

[[nodiscard]] std::filesystem::path caller();

// What it prints; "exit code N" at the end if that is not 0.
[[nodiscard]] std::string answers_of_caller(const Sandbox& sandbox, Way way, const std::string& arguments,
                                            const std::vector<std::string>& environment = {});

// The same on disk and with the library: "" where both agree, else both.
[[nodiscard]] std::string difference_of_caller(const std::string& arguments, const std::string& rules = all_in_ram);

}  // namespace memfile::tests
