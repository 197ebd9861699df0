// The bytes of a config's file.
#pragma once
#include <string>

#include "config/result.hpp"

namespace memfile::config {

constexpr std::size_t max_config_size = std::size_t{16} << 20U;

// All of a regular file of at most max_config_size bytes.
[[nodiscard]] Result<std::string> read_bytes(const std::string& file);

}  // namespace memfile::config
