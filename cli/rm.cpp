#include <cerrno>
#include <cstring>

#include "cli/commands.hpp"
#include "config/words.hpp"
#include "store/kernel.hpp"
#include "store/removal.hpp"

namespace memfile::cli {

namespace {

// Empty if it was removed; else what stood in the way.
std::string remove_memfile(store::At at, store::Removal& removal) {
  switch (removal.standing()) {
    case store::Standing::absent:
      return "there is no such file";
    case store::Standing::other:
      return "it is not a memfile; rm is for anything else";
    case store::Standing::dangling:
    case store::Standing::memfile:
      break;
  }
  const int result = kernel::unlinkat(at.dirfd, at.path);
  if (result < 0) return std::strerror(-result);
  if (removal.standing() == store::Standing::memfile && !removal.finish()) {
    return "its link is removed; its RAM file is still led to from elsewhere, or is another user's: see memfile ls";
  }
  return {};
}

std::string remove_memfile(const std::string& path) {
  const store::At at{AT_FDCWD, path.c_str()};
  std::string problem = "there is no memory";
  (void)store::with_removal(at, [&](store::Removal& removal) { problem = remove_memfile(at, removal); });
  return problem;
}

}  // namespace

int rm(const std::vector<std::string>& paths) {
  int exit_code = done;
  for (const std::string& path : paths) {
    const std::string problem = remove_memfile(path);
    if (problem.empty()) continue;
    complain(config::printable(path) + ": " + problem);
    exit_code = not_done;
  }
  return exit_code;
}

}  // namespace memfile::cli
