// Makes up sequences: the same for the same seed and number, everywhere.
#pragma once
#include <cstdint>

#include "tests/differential/sequence.hpp"

namespace memfile::differential {

struct Bounds {
  std::size_t steps = 30;
  std::size_t processes = 3;  // at most so many take turns; from two on, one of them may be an outsider
};

[[nodiscard]] Sequence generated(std::uint64_t seed, std::uint64_t number, const Bounds& bounds);

}  // namespace memfile::differential
