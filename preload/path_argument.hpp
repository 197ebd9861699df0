// A path that a program passed, before libc has seen it: it may point anywhere.
#pragma once
#include <string_view>

#include "store/path_buffer.hpp"

namespace memfile::preload {

// Measures the path without ever touching memory that cannot be read. False for a bad pointer, an empty path, and one
// of PATH_MAX bytes or more: libc knows what to say to these.
[[nodiscard]] bool read_path_argument(const char* argument, std::string_view& path);

// The path without the slashes at its end: what stands there, where the kernel would follow a link for their sake.
// False where there are none, or the path cannot be read.
[[nodiscard]] bool without_slashes(const char* argument, store::PathText& path);

}  // namespace memfile::preload
