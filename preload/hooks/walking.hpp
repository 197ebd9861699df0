// Walking a tree of folders: what a walk hands to the program where it met one of our links.
#pragma once
#include <cerrno>
#include <sys/stat.h>

#include "preload/symbols.hpp"
#include "preload/symbols_time64.hpp"
#include "store/ram_path.hpp"

namespace memfile::preload {

// What the next lstat says of a RAM file. False if that has gone meanwhile; errno is kept.
[[nodiscard]] inline bool describe(const store::RamPath& ram, struct stat& status) {
  const int errno_of_program = errno;
  const bool is_described = next.lstat(ram.c_str(), &status) == 0;
  errno = errno_of_program;
  return is_described;
}

[[nodiscard]] inline bool describe(const store::RamPath& ram, struct stat64& status) {
  const int errno_of_program = errno;
  const bool is_described = next.lstat64(ram.c_str(), &status) == 0;
  errno = errno_of_program;
  return is_described;
}

#if __TIMESIZE == 32
[[nodiscard]] inline bool describe(const store::RamPath& ram, Status64& status) {
  const int errno_of_program = errno;
  const bool is_described = next_time64.lstat(ram.c_str(), &status) == 0;
  errno = errno_of_program;
  return is_described;
}
#endif

}  // namespace memfile::preload
