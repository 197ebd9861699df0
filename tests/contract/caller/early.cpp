// Calls from a constructor that runs before the library's own: nothing is known yet, and all of them pass through.
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

#include "store/kernel.hpp"
#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

// Called by the object tests/contract/objects/early.cpp, with the program's arguments.
extern "C" __attribute__((visibility("default"))) void memfile_contract_early(int argc, char** argv) {
  using namespace memfile::contract;
  if (argc != 4 || std::strcmp(argv[1], "early") != 0) return;
  const Paths paths{argv[2], argv[3]};
  put(Standing::file, paths);
  memfile::kernel::Status status{};
  const bool is_regular =
      memfile::kernel::statx(AT_FDCWD, paths.path, AT_SYMLINK_NOFOLLOW, status) == 0 && S_ISREG(status.stx_mode);
  std::printf("a file is %s\n", is_regular ? "on disk" : "in RAM");
  (void)answers(paths);
}

namespace memfile::contract {

int early(Paths /*paths*/) { return 0; }

}  // namespace memfile::contract
