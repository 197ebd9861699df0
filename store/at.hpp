// A path as the at-calls take it, and the two halves of it: the folder and the name in it.
#pragma once
#include <fcntl.h>
#include <string_view>

#include "store/path_buffer.hpp"

namespace memfile::store {

struct At {
  int dirfd;         // AT_FDCWD or a folder's descriptor
  const char* path;  // readable; not owned
};

// The last component. Empty if the path ends with '/', "." or "..": such a path names a folder, never a memfile.
[[nodiscard]] std::string_view name_of(std::string_view path);

// The folder's path into `folder`: what stands before the name, "." if nothing does. False if it does not fit.
[[nodiscard]] bool folder_of(std::string_view path, PathText& folder);

// A new name in the folder of `path`, for what is moved aside or not ready yet: FOLDER/.memfile-RANDOM. False if it
// does not fit.
[[nodiscard]] bool name_beside(std::string_view path, PathText& beside);

// The folder's path as the kernel knows it, absolute, symbolic links followed. False if there is none, or no /proc.
[[nodiscard]] bool resolve_folder(At at, PathText& resolved);

// How many file systems the folders of two paths are on; unknown where one of them is not there.
enum class Devices { one, two, unknown };
[[nodiscard]] Devices devices_of(At one, At other);

// `at` as an absolute path: its folder resolved, and its name.
[[nodiscard]] bool resolve(At at, PathText& resolved);

}  // namespace memfile::store
