// Where a path turned out to be absent, or will be.
#pragma once
#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// The same call for another path. Negative and errno where it fails.
using CallAt = FunctionRef<int(const char* path)>;

// After a call that follows links failed with ENOENT, so that its path can be read: makes it again, with errno as the
// program had it, where something is there all the same. A memfile whose link was replaced while the kernel followed
// it: on a disk a rename leaves no gap. And a companion of SQLite's that a process without the library made: it stands
// beside the database's RAM file, without a link. Else -1, and errno as it is. Costs no system call and no stack to
// speak of where no rule can match the name.
[[nodiscard]] int call_again(CallAt call, store::At at, int errno_of_program);
// The second of these only, for calls that do not follow.
[[nodiscard]] int call_for_companion(CallAt call, store::At at, int errno_of_program);

// Where nothing stands, nothing is removed and nothing is moved: what appears there this moment has not been looked at,
// and its RAM file would be left behind. Makes the call for a name beside `at` that nobody has: it fails as for `at`,
// with ENOENT or with what comes before that.
[[nodiscard]] int call_for_absent(CallAt call, store::At at);

}  // namespace memfile::preload
