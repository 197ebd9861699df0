#include "preload/filter.hpp"

#include <atomic>

namespace memfile::preload {

namespace {

// Those that are installed, and those that a thread is installing just now.
constinit std::atomic<unsigned> filters{0};

}  // namespace

bool is_filtered() { return filters.load(std::memory_order_acquire) != 0; }

long installing_filter(FunctionRef<long()> install) {
  filters.fetch_add(1, std::memory_order_seq_cst);
  const long result = install();
  if (result < 0) filters.fetch_sub(1, std::memory_order_seq_cst);
  return result;
}

}  // namespace memfile::preload
