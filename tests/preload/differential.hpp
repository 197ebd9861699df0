// The same steps of the probe, on disk and on memfiles: results, errno and contents have to agree.
#pragma once
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

// Runs `prepare` plainly (a shell command), then the steps, in a folder without the library and in one with it. Gives
// "" where both answers agree, else both.
[[nodiscard]] std::string difference(const std::string& steps, const std::string& prepare = "true");

// The answers with the library, of a run in `sandbox`.
[[nodiscard]] std::string answers(const Sandbox& sandbox, const std::string& steps, Way way = Way::bare);

}  // namespace memfile::tests
