// Compiled configs, kept in the store for the processes that follow. There are 64 places, each a file, and a config's
// key says which is its own, so that nothing ever has to be tidied up: what was in the place is replaced. What the
// bytes mean is known to config/compiled_config.hpp only.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "store/store.hpp"

namespace memfile::store {

constexpr std::string_view cache_directory = ".compiled";
constexpr unsigned cache_places = 64;
// Larger ones are not kept: it is RAM.
constexpr std::size_t max_cached_size = std::size_t{8} << 20U;

// Bytes of a file, mapped for reading; they stay so, whatever becomes of the file. Empty if there are none.
class CachedBytes {
 public:
  CachedBytes() = default;
  // What was kept last in the place of `key`: whatever its key was. Only the store's user can have put it there.
  CachedBytes(const Store& store, std::string_view key);
  ~CachedBytes();
  CachedBytes(const CachedBytes&) = delete;
  CachedBytes& operator=(const CachedBytes&) = delete;

  [[nodiscard]] std::span<const std::byte> view() const { return bytes_; }
  // Leaves the bytes mapped for as long as the process lives.
  std::span<const std::byte> release();

 private:
  std::span<const std::byte> bytes_;
};

// Keeps the bytes for the next one who asks: wholly or not at all. Nothing is said where that fails; what asks compiles
// for itself.
void keep_in_cache(const Store& store, std::string_view key, std::span<const std::byte> bytes);

}  // namespace memfile::store
