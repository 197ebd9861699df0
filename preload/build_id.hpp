// Which build of the library this is: the linker's build id, a hash of all that was linked.
#pragma once
#include <string_view>

namespace memfile::preload {

// Bytes, not text. Empty if the linker left none.
[[nodiscard]] std::string_view build_id();

}  // namespace memfile::preload
