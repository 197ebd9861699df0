// A config as one run of bytes without pointers: what a process has to know of it, its table included. It is made once
// and can be kept in a file and mapped by every process that follows; it then says itself whether it is still right.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/reader.hpp"
#include "config/table.hpp"

namespace memfile::config {

// A file at one point of its life: whatever is done to it changes this. Times are in nanoseconds since 1970.
struct FileState {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified = 0;
  std::int64_t changed = 0;

  bool operator==(const FileState&) const = default;

  // Whether a change at or after `now` is sure to be seen in `changed`. File systems count time in ticks: the slowest
  // in two seconds.
  [[nodiscard]] bool is_settled(std::int64_t now) const;
};

// All that a config's meaning depends on, except for the folders that its rules name.
struct Provenance {
  Surroundings surroundings;
  FileState file;     // as it was before it was read
  std::string build;  // which build of memfile compiled it

  // What tells one config from another in a cache, whatever state its file is in.
  [[nodiscard]] std::string key() const;
};

// Of so many folders it is looked at each time whether they are still the same; where there are more, they are believed
// for `folders_believed`, in nanoseconds.
constexpr std::size_t max_checked_folders = 4;
constexpr std::int64_t folders_believed = std::int64_t{10} * 1'000'000'000;

// `now`, in nanoseconds since 1970, is when `resolve` begins to look. `resolve` as for compile().
[[nodiscard]] std::vector<std::byte> compile(const Config& config, const Provenance& provenance, std::int64_t now,
                                             const Resolve& resolve);

// A view of such bytes, which are aligned to 8 and must outlive it, and everything it gives.
class CompiledConfig {
 public:
  // Bytes that are none, torn, or made by another version: is_valid() is false, and nothing else may be asked.
  explicit CompiledConfig(std::span<const std::byte> bytes);
  [[nodiscard]] bool is_valid() const { return !bytes_.empty(); }

  // Whether compiling it anew would give the same.
  [[nodiscard]] bool is_current(const Provenance& provenance, std::int64_t now, const Resolve& resolve) const;

  [[nodiscard]] Table table() const;
  [[nodiscard]] const char* store() const;  // Config::store
  [[nodiscard]] const char* file() const;   // Config::file
  [[nodiscard]] bool is_transparent() const;
  [[nodiscard]] std::optional<std::uint64_t> reserve() const;

 private:
  struct Header;
  struct Piece;
  [[nodiscard]] const Header& header() const;
  [[nodiscard]] std::string_view text(Piece piece) const;
  [[nodiscard]] bool are_pieces_inside() const;
  [[nodiscard]] bool are_folders_the_same(const Resolve& resolve) const;
  friend std::vector<std::byte> compile(const Config& config, const Provenance& provenance, std::int64_t now,
                                        const Resolve& resolve);

  std::span<const std::byte> bytes_;
};

}  // namespace memfile::config
