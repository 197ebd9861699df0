// Where nothing stands, nothing is removed and nothing is moved: what appears there this moment has not been looked at,
// and its RAM file would be left behind.
#pragma once
#include "preload/function_ref.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// Makes the call for a name beside `at` that nobody has: it fails as for `at`, where nothing stands, with ENOENT or
// with what comes before that.
[[nodiscard]] int call_for_absent(FunctionRef<int(const char* path)> call, store::At at);

}  // namespace memfile::preload
