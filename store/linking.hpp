// Hard links: one RAM file under two names, each with a link of its own, so that st_nlink counts what a program sees.
#pragma once
#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/store.hpp"

namespace memfile::store {

// Gives the RAM file at `source` (as linkat takes it, with `flags`: a path, or a descriptor of one without a name)
// another name, for a link at `to`, and puts that link there. 0, or -errno: EEXIST where something stands at `to`,
// EXDEV where the store cannot take it. On 0 `ram` is the new name.
[[nodiscard]] int link(const Settings& settings, At source, int flags, At to, RamPath& ram);

// Whether the descriptor is open on a regular file in a store of memfile's form on `settings.root`.
[[nodiscard]] bool is_in_store(const Settings& settings, int fd);

}  // namespace memfile::store
