// Loading: a regular file on disk becomes a memfile, at its path.
#pragma once
#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/store.hpp"
#include "store/transfer.hpp"

namespace memfile::store {

// Moves the bytes of the regular file at `at` into RAM, to the place that a file at `home` has, and leaves a link.
// `home` is `at` itself, or where the caller is about to rename the link to: it is owed until then. On `done`, `ram` is
// the RAM file.
[[nodiscard]] Transfer load(const Settings& settings, At at, At home, RamPath& ram);

}  // namespace memfile::store
