// A sequence as one line of a test.
#pragma once
#include <string>

#include "tests/differential/worlds.hpp"

namespace memfile::differential {

// Runs it in worlds of its own: "" where no answer differs, else both.
[[nodiscard]] std::string difference_of(const std::string& sequence, Looking looking = Looking::always);

}  // namespace memfile::differential
