#include "store/pooled.hpp"

#include <atomic>
#include <sys/mman.h>

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

constexpr std::size_t pool_size = 16;
constinit std::atomic<unsigned> taken{0};  // a bit for each block of the pool
alignas(std::max_align_t) constinit unsigned char pool[pool_size][block_size] = {};

void* map_block() { return kernel::map(block_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1); }

}  // namespace

void* take_block() {
  for (std::size_t i = 0; i < pool_size; ++i) {
    if ((taken.fetch_or(1U << i, std::memory_order_acquire) & (1U << i)) == 0) return &pool[i];
  }
  return map_block();
}

void give_block(void* block) {
  for (std::size_t i = 0; i < pool_size; ++i) {
    if (block != &pool[i]) continue;
    taken.fetch_and(~(1U << i), std::memory_order_release);
    return;
  }
  kernel::call(SYS_munmap, kernel::word(block), block_size);
}

}  // namespace memfile::store
