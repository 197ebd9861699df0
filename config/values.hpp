// The values of a config that are more than a word: folders and sizes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "config/reader.hpp"

namespace memfile::config {

// A value, or why there is none and the way out.
template <class Value>
struct Reading {
  Value value{};
  std::string fault;
};

// "base": absolute, "~", "~/...", or relative to the config's folder (to surroundings.base for a text without a file).
[[nodiscard]] Reading<std::string> read_base(std::string_view written, const Surroundings& surroundings);

// "store": absolute, "~" or "~/...", at most max_store_size bytes.
[[nodiscard]] Reading<std::string> read_store(std::string_view written, const Surroundings& surroundings);

// Bytes: "0", "1048576", "64M"; K, M, G and T are powers of 1024.
[[nodiscard]] Reading<std::uint64_t> read_size(std::string_view written);

}  // namespace memfile::config
