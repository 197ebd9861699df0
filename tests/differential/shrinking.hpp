// Makes a failing sequence as small as it can be: drops steps, then simplifies their words, as long as it still fails.
#pragma once
#include <functional>

#include "tests/differential/sequence.hpp"

namespace memfile::differential {

// `fails` runs a sequence. Asked at most `most_runs` times.
[[nodiscard]] Sequence shrunk(Sequence sequence, const std::function<bool(const Sequence&)>& fails,
                              std::size_t most_runs = 3000);

}  // namespace memfile::differential
