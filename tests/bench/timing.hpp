// How a subject is timed: in batches, the median of which counts, so that what else the machine does in between does
// not.
#pragma once
#include <algorithm>
#include <chrono>
#include <vector>

namespace memfile::bench {

// A subject that takes longer, in nanoseconds and all told, is cut short, but for its first four batches.
constexpr double most_time = 0.5e9;

// Nanoseconds per operation. `prepare()` and `clean()` stand around each batch and are not timed; `work()` does
// `operations` of what is measured. The first batch only warms up.
template <class Prepare, class Work, class Clean>
double time_batches(int batches, int operations, Prepare prepare, Work work, Clean clean) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  double spent = 0;
  for (int batch = 0; batch <= batches && (spent < most_time || batch < 4); ++batch) {
    const Clock::time_point start = Clock::now();
    prepare();
    const Clock::time_point begin = Clock::now();
    work();
    const Clock::time_point end = Clock::now();
    clean();
    spent += std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    if (batch > 0) times.push_back(std::chrono::duration<double, std::nano>(end - begin).count() / operations);
  }
  const std::size_t middle = times.size() / 2;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(middle), times.end());
  return times[middle];
}

template <class Work>
double time_batches(int batches, int operations, Work work) {
  const auto nothing = [] {};
  return time_batches(batches, operations, nothing, work, nothing);
}

// Ends the program with what went wrong, and errno: a figure for something that failed is no figure.
[[noreturn]] void fail(const char* what);
inline void require(bool is_done, const char* what) {
  if (!is_done) fail(what);
}

}  // namespace memfile::bench
