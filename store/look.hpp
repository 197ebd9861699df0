// What stands at a path: nothing, a memfile, a dangling link, or something that is not ours. A link is ours when its
// target has a RAM path's form, its owner is the store's user, root or the RAM file's owner, and the store passes the
// check. In a store that is not the effective user's, or not where it is expected, nothing is believed of a path:
// store, directory and file are opened one by one, O_NOFOLLOW.
#pragma once
#include <optional>

#include "store/at.hpp"
#include "store/ram_path.hpp"

namespace memfile::store {

enum class Standing {
  absent,    // ENOENT
  other,     // anything that is not ours, or that cannot be looked at
  memfile,   // our link, and its RAM file
  dangling,  // our link, and no RAM file: a reboot
};

// What a path's last component is; a link only where it has a RAM path's form. One system call and hardly any stack:
// for the paths that are not ours, the most.
enum class Glance { absent, link, other, bad_pointer };
[[nodiscard]] Glance glance(At at);

// Looks at `at` without following its last component. `ram` is set for memfile and dangling.
[[nodiscard]] Standing look(At at, RamPath& ram);

// What the link at `at` says; nothing is believed of it yet. One system call.
enum class Spelling { absent, ram_path, other };
[[nodiscard]] Spelling spelling_of(At at, RamPath& ram);
[[nodiscard]] inline bool spells_ram_path(At at, RamPath& ram) { return spelling_of(at, ram) == Spelling::ram_path; }

// The same as the first for a link's descriptor (O_PATH|O_NOFOLLOW).
[[nodiscard]] Standing look(int link_fd, RamPath& ram);

// A step into another user's store: a folder's descriptor (O_PATH), opened without following a link, if it belongs to
// `owner` and nobody else may write in it; else -errno.
[[nodiscard]] int open_folder(int dirfd, const char* path, uid_t owner);

// A RAM directory's descriptor (O_PATH), reached step by step; -errno if store or directory are off.
[[nodiscard]] int open_directory(const RamPath& ram);

// The root, beside /dev/shm, below which the effective user's own stores are entered by their paths: the config's.
// Known from load on.
void trust_root(const char* root);

// Whether the RAM file's path may be used as it is: it lies in the effective user's own store, below a root that is
// trusted. Other links may spell a path through anybody's folders, which lead elsewhere at any time, even where they
// belong to root or to the user: an archive may hold any link.
[[nodiscard]] bool is_own(const RamPath& ram);

// How a RAM file is named to a system call. Where it is_own() by its path, otherwise through the descriptor of its
// checked directory, because somebody could put a link in the place of any part of the path.
class Approach {
 public:
  explicit Approach(const RamPath& ram);
  ~Approach();
  Approach(const Approach&) = delete;
  Approach& operator=(const Approach&) = delete;

  // 0, or -errno if there is no way; c_str() is then a path at which nothing is.
  [[nodiscard]] int fault() const { return directory_ < 0 && directory_ != own ? directory_ : 0; }
  // For open's flags: O_NOFOLLOW where the name, too, could be a link by now.
  [[nodiscard]] int flags() const { return directory_ == own ? 0 : O_NOFOLLOW; }
  [[nodiscard]] const char* c_str() const {
    return directory_ == own ? ram_.c_str() : path_ && *path_ ? (*path_)->c_str() : "";
  }

 private:
  static constexpr int own = AT_FDCWD;

  const RamPath& ram_;
  int directory_;
  std::optional<PathBuffer> path_;  // off the stack, and seldom needed
};

}  // namespace memfile::store
