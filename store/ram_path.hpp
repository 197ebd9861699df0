// The path of a RAM file, which is the target of its link:
//   <root>/memfile-<uid>/<directory>/<name>   or   <root>/memfile/<uid>/<directory>/<name>
// Its form is all that is known here; whether such a store exists and may be trusted is store/look.hpp's.
#pragma once
#include <optional>
#include <string_view>
#include <sys/types.h>

#include "store/path_buffer.hpp"

namespace memfile::store {

// 12 characters of the folder's keyed hash (60 bits) and 2 of the boot id.
constexpr std::size_t directory_size = 14;
constexpr std::size_t hash_characters = 12;
// ext4 keeps a link's target of up to this many bytes in the inode: the link takes no block on disk.
constexpr std::size_t inline_target_size = 59;
// Own names are shortened to keep the target inline where at least this much is left for them.
constexpr std::size_t least_inline_name = 16;
// The longest target that memfile makes: a root of 128, "/memfile-4294967295", a directory and a name of NAME_MAX.
constexpr std::size_t max_ram_path = 448;

// Its text is off the stack, and taken when there is one: an empty RamPath costs nothing.
class RamPath {
 public:
  RamPath() = default;
  RamPath(const RamPath& other) { *this = other; }
  RamPath& operator=(const RamPath& other);
  ~RamPath() = default;

  // Takes a link's target apart. False where it has not exactly the form above, or where there is no memory.
  [[nodiscard]] static bool parse(std::string_view target, RamPath& path);
  // For building one: a store, then its directory and name.
  [[nodiscard]] static RamPath in(std::string_view store, uid_t user, std::string_view directory,
                                  std::string_view name);
  // The same directory, another name.
  void rename(std::string_view name);

  [[nodiscard]] const char* c_str() const { return has_text() ? (*text_)->c_str() : ""; }
  [[nodiscard]] std::string_view view() const { return has_text() ? (*text_)->view() : std::string_view(); }
  [[nodiscard]] std::string_view store() const { return view().substr(0, store_size_); }
  // What the store is below.
  [[nodiscard]] std::string_view root() const;
  [[nodiscard]] std::string_view directory() const { return part(store_size_ + 1).substr(0, directory_size); }
  [[nodiscard]] std::string_view name() const { return part(store_size_ + directory_size + 2); }
  // The name, which ends where the text does.
  [[nodiscard]] const char* c_name() const { return c_str() + (view().size() - name().size()); }
  // Also one for which there was no memory.
  [[nodiscard]] bool is_too_long() const { return view().empty() || view().size() >= max_ram_path; }
  [[nodiscard]] uid_t user() const { return user_; }

 private:
  [[nodiscard]] bool has_text() const { return text_ && *text_; }
  [[nodiscard]] std::string_view part(std::size_t begin) const {
    return begin < view().size() ? view().substr(begin) : std::string_view();
  }
  [[nodiscard]] static bool take_apart(std::string_view target, RamPath& path);
  // Empty text to write to, or nullptr.
  [[nodiscard]] PathText* start();

  std::optional<PathBuffer> text_;
  std::size_t store_size_ = 0;
  uid_t user_ = 0;
};

// Whether `name` has the form of a directory in a store.
[[nodiscard]] bool is_directory_name(std::string_view name);

}  // namespace memfile::store
