// One user's store: where it is, whether it may be trusted, and the names in it. It is
//   <root>/memfile/<uid>   where <root>/memfile exists, is root's and has mode 1777, else   <root>/memfile-<uid>,
// a directory of mode 0711 that belongs to that user. If anything about it is off, it is not used.
#pragma once
#include <cstdint>
#include <string_view>
#include <sys/types.h>

#include "store/kernel.hpp"
#include "store/keyed_hash.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

// What the config says of stores. Owns nothing.
struct Settings {
  const char* root = "/dev/shm";                           // a mounted file system
  const char* config = "";                                 // the config's file, absolute; empty if there is none
  std::uint64_t reserve = default_reserve;                 // bytes to leave free
  static constexpr std::uint64_t default_reserve = ~0ULL;  // the smaller of 64 MiB and an eighth of the file system
};

// The directories in a store that hold no RAM files; names of RAM directories never begin with a dot.
constexpr std::string_view origin_directory = ".origin";  // a link for each RAM directory, to its folder
constexpr std::string_view record_directory = ".record";  // a directory for each, links from RAM names to their origins
constexpr std::string_view owed_directory = ".owed";      // as .record, for the RAM files that are owed to the disk
constexpr std::string_view config_directory = ".config";  // a link to, or a copy of, each config that created here
constexpr std::string_view library_directory = ".lib";    // links to the library for paths that ld.so would split

using StoreText = Text<192>;

enum class IfMissing { fail, make };

// A store that passed the check just now.
class Store {
 public:
  // Finds and checks the store of `user`. With IfMissing::make it is made, for the effective user only.
  [[nodiscard]] static bool open(const Settings& settings, uid_t user, IfMissing if_missing, Store& store);
  // The same for whoever names no RAM directory: a store without its key.
  [[nodiscard]] static bool find(const Settings& settings, uid_t user, IfMissing if_missing, Store& store);
  // The store that a RAM path is in. Its key is needed to name directories: false also where that may not be read.
  [[nodiscard]] static bool open(const RamPath& ram, Store& store);

  [[nodiscard]] std::string_view path() const { return path_.view(); }
  [[nodiscard]] uid_t user() const { return user_; }

  // The name of the RAM directory for a folder, by its statx: device, inode and birth time, hashed with the store's
  // key.
  void name_directory(const kernel::Status& folder, std::span<char, directory_size> name) const;
  // Whether `directory` is that name.
  [[nodiscard]] bool is_directory_of(const kernel::Status& folder, std::string_view directory) const;
  // A name that stands in for `name` where that is taken (attempt 1, 2, ...) or too long (attempt 0).
  void stand_in(std::string_view name, unsigned attempt, std::span<char, 6> suffix) const;
  // The longest name that keeps a link's target within the inode.
  [[nodiscard]] std::size_t inline_name_size() const;

  // Whether `reserve` would still be free beside `size` bytes, and whether files there may be executed. One statfs.
  struct Room {
    bool is_enough;
    bool is_executable;
  };
  [[nodiscard]] Room room(const Settings& settings, std::uint64_t size = 0) const;

 private:
  [[nodiscard]] bool read_key();
  [[nodiscard]] bool make_key();
  [[nodiscard]] bool make();

  StoreText path_;
  uid_t user_ = 0;
  HashKey key_;
  char boot_[directory_size - hash_characters] = {};
};

enum class StoreState { trusted, missing, off };
// Whether `path` is a directory of mode 0711 that belongs to `user`.
[[nodiscard]] StoreState check_store(const char* path, uid_t user);
// The same for the store that a RAM path is in.
[[nodiscard]] StoreState check_store(const RamPath& ram);

// The two characters that directories made during this boot end with. False if there is no /proc.
[[nodiscard]] bool boot_characters(std::span<char, directory_size - hash_characters> characters);

// Makes a directory of exactly this mode, whatever the umask; fine if it is there.
[[nodiscard]] bool make_directory(const char* path, mode_t mode);

}  // namespace memfile::store
