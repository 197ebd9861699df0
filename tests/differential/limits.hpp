// The differences that docs/limits.md names, each as narrow as it can be told. All others are bugs.
#pragma once
#include <string>
#include <vector>

#include "tests/differential/sequence.hpp"

namespace memfile::differential {

// What a step was answered in the two worlds, and the steps before it.
struct Answers {
  const Sequence& sequence;
  std::size_t step;  // its index
  std::string on_disk;
  std::string in_ram;
};

struct Limit {
  const char* row;                    // words of the row in docs/limits.md that says so
  void (*forgive)(Answers& answers);  // makes the same what it explains
};

[[nodiscard]] const std::vector<Limit>& limits();

// Whether the two answers are the same once all limits have been forgiven.
[[nodiscard]] bool are_explained(Answers answers);

}  // namespace memfile::differential
