// Creating a memfile: a RAM file in the store, then the link, which publishes it. Killed at any point it leaves either
// nothing that a program sees, or a whole memfile.
#pragma once
#include <sys/types.h>

#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/store.hpp"

namespace memfile::store {

enum class Created {
  memfile,  // `fd` is the RAM file's, opened with the flags asked for
  exists,   // something has come to stand at the path: look again
  no_room,  // as refused, because `reserve` would not be left free, or an x bit would be in vain
  refused,  // not in RAM: the store is missing, off or full, or the folder wants something that it cannot give; nothing
            // was made, and the same call on disk gives the right result or errno
};

struct Creation {
  Created outcome = Created::refused;
  int fd = -1;
};

// Creates a memfile at `at`, where nothing stands, with open's `flags` (O_CREAT and O_EXCL are implied) and `mode`.
[[nodiscard]] Creation create(const Settings& settings, At at, int flags, mode_t mode);

// The same where a dangling link to `ram` stands: makes the RAM file at the link's own target.
[[nodiscard]] Creation heal(const Settings& settings, At at, const RamPath& ram, int flags, mode_t mode);

// A RAM file without a name, for a folder (`folder` names it; setgid matters). What O_TMPFILE and tmpfile() want.
// -errno if the store gives none.
[[nodiscard]] int create_unnamed(const Settings& settings, At folder, int flags, mode_t mode);

}  // namespace memfile::store
