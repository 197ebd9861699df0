// Runs the program that makes every call that the library stands in for (tests/contract/caller).
#pragma once
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

// What matches *.ram is in RAM: f.ram is, f is not.
inline const std::string some_in_ram = R"({"version": 1, "base": "@", "rules": [{"match": "*.ram"}]})";

// Other objects that are preloaded: paths, or names of objects that are built with the tests.
struct Company {
  std::string before;
  std::string behind;
};

[[nodiscard]] std::filesystem::path caller();

// What it prints; "exit code N" at the end if that is not 0.
[[nodiscard]] std::string answers_of_caller(const Sandbox& sandbox, Way way, const std::string& arguments,
                                            const Company& company = {});

// The lines in which the answers on disk and on memfiles differ: "- LINE" on disk, "+ LINE" on memfiles.
[[nodiscard]] std::string difference_of_lines(const std::string& on_disk, const std::string& in_ram);
[[nodiscard]] std::string difference_of_caller(const std::string& arguments, const Company& company = {});

}  // namespace memfile::tests
