// How a function of libc fails.
#pragma once
#include <cerrno>

namespace memfile::preload {

// -1, with errno set to `error`.
[[nodiscard]] inline int fail(int error) {
  errno = error;
  return -1;
}

}  // namespace memfile::preload
