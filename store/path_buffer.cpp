#include "store/path_buffer.hpp"

#include <atomic>
#include <new>
#include <sys/mman.h>

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

constexpr std::size_t pool_size = 16;
constinit std::atomic<unsigned> taken{0};  // a bit for each buffer of the pool
alignas(PathText) constinit unsigned char pool[pool_size][sizeof(PathText)] = {};

void* map_buffer() {
  const long address =
      kernel::call(SYS_mmap, 0, sizeof(PathText), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return address < 0 && address > -4096 ? nullptr : reinterpret_cast<void*>(address);
}

}  // namespace

PathBuffer::PathBuffer() {
  void* memory = nullptr;
  for (std::size_t i = 0; i < pool_size && memory == nullptr; ++i) {
    if ((taken.fetch_or(1U << i, std::memory_order_acquire) & (1U << i)) == 0) memory = pool[i];
  }
  if (memory == nullptr) memory = map_buffer();
  text_ = memory == nullptr ? nullptr : new (memory) PathText;
}

PathBuffer::~PathBuffer() {
  if (text_ == nullptr) return;
  for (std::size_t i = 0; i < pool_size; ++i) {
    if (static_cast<void*>(text_) != pool[i]) continue;
    taken.fetch_and(~(1U << i), std::memory_order_release);
    return;
  }
  kernel::call(SYS_munmap, kernel::word(text_), sizeof(PathText));
}

}  // namespace memfile::store
