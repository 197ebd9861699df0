// The next definition of a symbol after ours: libc's, or another preloaded library's. Looked up at first use, because a
// process uses few of them, and kept.
#pragma once
#include <atomic>

#include "preload/objects.hpp"

namespace memfile::preload {

template <class Function>
class Next {
 public:
  explicit constexpr Next(const char* name) : name_(name) {}

  // nullptr if there is none: only for symbols that libc may lack.
  [[nodiscard]] Function* get() {
    Function* function = function_.load(std::memory_order_relaxed);
    if (function == nullptr) {
      function = reinterpret_cast<Function*>(find_next(name_));
      function_.store(function, std::memory_order_relaxed);
    }
    return function;
  }

  template <class... Arguments>
  auto operator()(Arguments... arguments) {
    return get()(arguments...);
  }

 private:
  const char* name_;
  std::atomic<Function*> function_{nullptr};
};

}  // namespace memfile::preload
