// An object off the stack: programs call us on alternate signal stacks of 8 KiB. From a small static pool of blocks,
// else from mmap. Without a lock: a thread that a fork or longjmp loses takes its block with it, and the rest serve on.
#pragma once
#include <climits>
#include <cstddef>
#include <new>
#include <utility>

namespace memfile::store {

// Room for a path of PATH_MAX, or for what one call works with.
constexpr std::size_t block_size = PATH_MAX + 64;

// nullptr if there is no memory.
[[nodiscard]] void* take_block();
void give_block(void* block);

template <class Object>
class Pooled {
 public:
  template <class... Arguments>
  explicit Pooled(Arguments&&... arguments) {
    static_assert(sizeof(Object) <= block_size && alignof(Object) <= alignof(std::max_align_t));
    void* const block = take_block();
    if (block != nullptr) object_ = new (block) Object(std::forward<Arguments>(arguments)...);
  }
  ~Pooled() {
    if (object_ == nullptr) return;
    object_->~Object();
    give_block(object_);
  }
  Pooled(const Pooled&) = delete;
  Pooled& operator=(const Pooled&) = delete;

  // False if there is no memory.
  [[nodiscard]] explicit operator bool() const { return object_ != nullptr; }
  Object& operator*() const { return *object_; }
  Object* operator->() const { return object_; }

 private:
  Object* object_ = nullptr;
};

}  // namespace memfile::store
