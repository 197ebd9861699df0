// Which processes have which file open.
#pragma once
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace memfile::cli {

using FileId = std::pair<std::uint64_t, std::uint64_t>;  // device, inode

// By descriptor, process ids rising. Processes that the caller may not look into are not seen.
[[nodiscard]] std::map<FileId, std::vector<int>> openers();

}  // namespace memfile::cli
