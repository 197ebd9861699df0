// Memory from the kernel, for what is too large for the stack. Goes with its scope, unless it is released.
#pragma once
#include <cstddef>
#include <sys/mman.h>

#include "store/kernel.hpp"

namespace memfile::preload {

class Mapping {
 public:
  explicit Mapping(std::size_t size)
      : memory_(kernel::map(size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1)), size_(size) {}
  ~Mapping() { unmap(memory_, size_); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  // nullptr if there is no memory.
  [[nodiscard]] void* get() const { return memory_; }
  // The caller's from now on, to be given to unmap(), or never.
  void release() { memory_ = nullptr; }
  static void unmap(void* memory, std::size_t size) {
    if (memory != nullptr) kernel::call(SYS_munmap, kernel::word(memory), static_cast<long>(size));
  }

 private:
  void* memory_;
  std::size_t size_;
};

}  // namespace memfile::preload
