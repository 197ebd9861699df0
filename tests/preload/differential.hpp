// The same steps of the probe, on disk and on memfiles: results, errno and contents have to agree.
#pragma once
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

// Runs `prepare` plainly (a shell command), then the steps, in a folder without the library and in one with it. Gives
// "" where both answers agree, else both. `prepare` finds in $way which of the two it prepares: plain or bare.
[[nodiscard]] std::string difference(const std::string& steps, const std::string& prepare = "true",
                                     const std::string& rules = all_in_ram);

// A `prepare` that leaves a dangling link of ours at `name`, and plainly nothing.
[[nodiscard]] std::string dangling(const std::string& name);

// The answers with the library, of a run in `sandbox`.
std::string answers(const Sandbox& sandbox, const std::string& steps, Way way = Way::bare);

}  // namespace memfile::tests
