// A descriptor of memfile's own, closed when it goes out of scope.
#pragma once
#include "store/kernel.hpp"

namespace memfile::store {

class Descriptor {
 public:
  // What an opening system call gave: a descriptor, or -errno.
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) kernel::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace memfile::store
