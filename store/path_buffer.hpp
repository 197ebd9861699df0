// A buffer for one path, off the stack: programs call us on alternate signal stacks of 8 KiB. From a small static pool,
// else from mmap. Without a lock: a thread that a fork or longjmp loses takes its buffer with it, and the rest serve
// on.
#pragma once
#include <climits>

#include "store/text.hpp"

namespace memfile::store {

using PathText = Text<PATH_MAX>;

class PathBuffer {
 public:
  PathBuffer();
  ~PathBuffer();
  PathBuffer(const PathBuffer&) = delete;
  PathBuffer& operator=(const PathBuffer&) = delete;

  // False if there is no memory.
  [[nodiscard]] explicit operator bool() const { return text_ != nullptr; }
  PathText& operator*() const { return *text_; }
  PathText* operator->() const { return text_; }

 private:
  PathText* text_;
};

}  // namespace memfile::store
