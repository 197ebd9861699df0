// Numbers that follow from a seed in the same way on every machine (splitmix64), which those of <random> need not.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace memfile::differential {

class Random {
 public:
  // The stream of the `number`th sequence of a seed.
  Random(std::uint64_t seed, std::uint64_t number) : state_(mixed(seed) ^ mixed(number * odd + 1)) {}

  // Evenly from 0 to `bound` - 1, as nearly as 64 bits allow.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

 private:
  static constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL;

  static std::uint64_t mixed(std::uint64_t word) {
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9ULL;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebULL;
    return word ^ (word >> 31);
  }
  std::uint64_t next() { return mixed(state_ += odd); }

  std::uint64_t state_;
};

}  // namespace memfile::differential
