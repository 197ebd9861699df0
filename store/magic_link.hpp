// The links in /proc that lead to open files: /proc/self/fd/N, /proc/PID/exe. The kernel's text for them is the RAM
// file's path, where a program looks for the one that it opened.
#pragma once
#include "store/at.hpp"

namespace memfile::store {

// The origin of the RAM file that such a link leads to, with " (deleted)" after it where the kernel says so. False if
// there is no such link at `at`, if it leads to no RAM file, or if a RAM file that still exists is not known to stand
// anywhere: its own path then names it better than a guess.
[[nodiscard]] bool origin_of_magic_link(At at, PathText& origin);

}  // namespace memfile::store
