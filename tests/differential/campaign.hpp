// Many generated sequences, shared out to workers with worlds of their own, until all have run or some have failed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/differential/generator.hpp"
#include "tests/differential/worlds.hpp"

namespace memfile::differential {

struct Plan {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;  // the number of the first sequence
  std::uint64_t sequences = 2000;
  Bounds bounds;
  unsigned jobs = 2;
  std::size_t most_failures = 5;  // after so many no new sequence is begun
};

struct Failure {
  std::uint64_t number;
  Sequence sequence;  // shrunk
  Difference difference;
};

struct Report {
  Counts counts;
  std::vector<Failure> failures;
};

[[nodiscard]] Report carry_out(const Plan& plan);

// Folders for worlds, below the temporary folder and /dev/shm; gone with it.
class Ground {
 public:
  Ground();
  ~Ground();
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

  [[nodiscard]] std::filesystem::path disk(unsigned worker) const { return disk_ / std::to_string(worker); }
  [[nodiscard]] std::filesystem::path ram(unsigned worker) const { return ram_ / std::to_string(worker); }

 private:
  std::filesystem::path disk_;
  std::filesystem::path ram_;
};

// The difference that a sequence makes, each of its answers told; a shrunken one with everything looked at.
[[nodiscard]] std::string told(const Sequence& sequence, const Difference& difference);

}  // namespace memfile::differential
