// Where a call belongs that would otherwise end on one of our links: on its RAM file, or nowhere.
#pragma once
#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// For calls that do not follow a last symbolic link (utimensat with AT_SYMLINK_NOFOLLOW ...). Makes `real` with a path
// that reaches the RAM file where a memfile stands, or should where a dangling link does; else passes the caller's own
// words on, also where a path of no length names a descriptor: what that is open on was settled when it
// was opened. Fails like real: -1 and errno.
[[nodiscard]] int acting_on_target(FunctionRef<int(store::At)> real, store::At at);

// For calls that want nothing to stand at `at` (mkdir, symlink, mknod ...). Where `real` fails with EEXIST because of a
// dangling link, that is cleared away and the call made again.
[[nodiscard]] int making_anew(FunctionRef<int()> real, store::At at);

// Whether a dangling link stands there, and slashes follow its name: the kernel takes that for something that is no
// folder.
[[nodiscard]] bool dangles_before_slashes(store::At at);

// Takes a dangling link away from `at`, which may have slashes after its name. False if there is none. Leaves errno.
[[nodiscard]] bool clear_the_way(store::At at);

}  // namespace memfile::preload
