#include "store/creation.hpp"

#include <algorithm>
#include <atomic>
#include <climits>

#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

constexpr unsigned most_attempts = 64;
constexpr mode_t directory_mode = 0711;

// Where the folder's notes were looked at already: hashes, so that a process asks once for a folder that it stays in.
constinit std::atomic<std::uint64_t> noted_folders[16] = {};

// SQLite outside the library derives these names from the RAM file's name, so they must stand beside it.
std::string_view companion_suffix(std::string_view name) {
  for (const std::string_view suffix : {"-wal", "-shm", "-journal"}) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) return suffix;
  }
  return {};
}

class Draft {
 public:
  Draft(const Settings& settings, At at, int flags, mode_t mode)
      : settings_(settings), at_(at), flags_(flags | O_CREAT | O_EXCL | O_NOFOLLOW), mode_(mode) {}

  Creation create() {
    if (!prepare()) return {};
    const int fd = open_ram_file();
    if (fd < 0) return {};
    return publish(fd);
  }

  Creation heal(const RamPath& dangling) {
    if (!prepare()) return {};
    // Only a store of our own is made again; a directory in it that is gone stands for whatever it stood for.
    if (dangling.store() != store_.path()) return {};
    ram_ = dangling;
    const int fd = open_at_name();
    if (fd == -EEXIST) return {.outcome = Created::exists};
    if (fd < 0) return {};
    if (!take_group(fd)) return withdraw(fd, Created::refused);
    RamPath standing;
    const bool is_still_there = look(at_, standing) == Standing::memfile && standing.view() == ram_.view();
    if (!is_still_there) return withdraw(fd, Created::exists);
    note_place(ram_, at_);
    return {.outcome = Created::memfile, .fd = fd};
  }

 private:
  // Everything about the folder and the store that has to be known first.
  bool prepare() {
    PathBuffer folder;
    if (!folder || !folder_of(at_.path, *folder)) return false;
    if (kernel::statx(at_.dirfd, folder->c_str(), 0, folder_) != 0 || !S_ISDIR(folder_.stx_mode)) return false;
    if (!Store::open(settings_, kernel::geteuid(), IfMissing::make, store_)) return false;
    const Store::Room room = store_.room(settings_);
    if (!room.is_enough || (!room.is_executable && (mode_ & 0111) != 0)) return false;
    char directory[directory_size];
    store_.name_directory(folder_, directory);
    ram_ = RamPath::in(store_.path(), store_.user(), {directory, sizeof directory}, name_of(at_.path));
    return !ram_.is_too_long();
  }

  // Opens the RAM file under its own name, its companion's, or one that stands in for it.
  int open_ram_file() {
    const std::string_view name = name_of(at_.path);
    const RamPath home = ram_;
    bool is_companion = move_beside_companion(name);
    for (unsigned attempt = 0; attempt < most_attempts; ++attempt) {
      const bool is_shortened = !is_companion && name.size() > store_.inline_name_size();
      if (attempt > 0 || is_shortened) {
        ram_ = home;
        stand_in(name, attempt);
        is_companion = false;
      }
      const int fd = open_at_name();
      if (fd == -EEXIST) continue;
      has_own_name_ = ram_.view() == home.view();
      return fd;
    }
    return -EEXIST;
  }

  // `X-wal` stands beside the RAM file of `X`, whatever name and directory that has. False if that is its home anyway.
  bool move_beside_companion(std::string_view name) {
    const std::string_view suffix = companion_suffix(name);
    PathBuffer stem;
    if (suffix.empty() || !stem) return false;
    *stem << std::string_view(at_.path);
    stem->cut_to(stem->size() - suffix.size());
    RamPath companion;
    if (look({at_.dirfd, stem->c_str()}, companion) != Standing::memfile) return false;
    if (companion.store() != store_.path()) return false;
    Text<NAME_MAX + 1> beside;
    beside << companion.name() << suffix;
    if (beside.is_cut()) return false;
    companion.rename(beside.view());
    if (companion.is_too_long()) return false;
    ram_ = companion;
    return true;
  }

  void stand_in(std::string_view name, unsigned attempt) {
    char suffix[6];
    store_.stand_in(name, attempt, suffix);
    const std::size_t room = std::min<std::size_t>(store_.inline_name_size(), NAME_MAX) - sizeof suffix;
    Text<NAME_MAX + 1> text;
    // Eight more bytes are left, so that a companion's suffix keeps the target inline, too.
    text << name.substr(0, std::min(name.size(), room - 8)) << std::string_view(suffix, sizeof suffix);
    ram_.rename(text.view());
  }

  int open_at_name() {
    if (!note_home()) return -ENOSPC;
    int fd = kernel::openat(AT_FDCWD, ram_.c_str(), flags_, mode_);
    if (fd == -ENOENT && make_ram_directory()) fd = kernel::openat(AT_FDCWD, ram_.c_str(), flags_, mode_);
    if (fd == -EINVAL && (flags_ & O_DIRECT) != 0) {
      flags_ &= ~O_DIRECT;  // where tmpfs refuses it; its files are never cached twice anyway
      fd = kernel::openat(AT_FDCWD, ram_.c_str(), flags_, mode_);
    }
    return fd;
  }

  bool make_ram_directory() {
    StoreText directory;
    directory << ram_.store() << '/' << ram_.directory();
    return make_directory(directory.c_str(), directory_mode);
  }

  // The folder behind a RAM directory, looked at once in a while: it may have been renamed. False if it cannot be
  // noted: what is in RAM has to be found again.
  bool note_home() {
    char home[directory_size];
    store_.name_directory(folder_, home);
    std::uint64_t hash = 0;
    if (ram_.directory() != std::string_view(home, sizeof home) || !from_base32({home, hash_characters}, hash)) {
      return true;
    }
    std::atomic<std::uint64_t>& slot = noted_folders[hash % std::size(noted_folders)];
    if (slot.load(std::memory_order_relaxed) == hash) return true;
    PathBuffer folder;
    if (!folder || !resolve_folder(at_, *folder)) return false;
    if (!note_folder(store_, ram_.directory(), folder->view())) return false;
    slot.store(hash, std::memory_order_relaxed);
    return true;
  }

  // A setgid folder gives its group to what is made in it.
  bool take_group(int fd) const {
    if ((folder_.stx_mode & S_ISGID) == 0) return true;
    struct statx made {};
    if (kernel::statx(fd, "", AT_EMPTY_PATH, made) != 0) return false;
    if (kernel::fchown(fd, static_cast<uid_t>(-1), folder_.stx_gid) != 0) return false;
    // A change of owner takes these bits away.
    if ((made.stx_mode & (S_ISUID | S_ISGID)) == 0) return true;
    return kernel::fchmod(fd, made.stx_mode & 07777) == 0;
  }

  Creation publish(int fd) {
    if (!take_group(fd)) return withdraw(fd, Created::refused);
    if (!has_own_name_ && !note_place(ram_, at_)) return withdraw(fd, Created::refused);
    const int result = kernel::symlinkat(ram_.c_str(), at_.dirfd, at_.path);
    if (result == -EEXIST) return withdraw(fd, Created::exists);
    if (result != 0) return withdraw(fd, Created::refused);
    return {.outcome = Created::memfile, .fd = fd};
  }

  Creation withdraw(int fd, Created outcome) {
    kernel::unlinkat(AT_FDCWD, ram_.c_str());
    if (!has_own_name_) forget_path(ram_);
    kernel::close(fd);
    return {.outcome = outcome};
  }

  const Settings& settings_;
  At at_;
  int flags_;
  mode_t mode_;
  struct statx folder_ {};
  Store store_;
  RamPath ram_;
  bool has_own_name_ = true;
};

}  // namespace

Creation create(const Settings& settings, At at, int flags, mode_t mode) {
  return Draft(settings, at, flags, mode).create();
}

Creation heal(const Settings& settings, At at, const RamPath& ram, int flags, mode_t mode) {
  return Draft(settings, at, flags, mode).heal(ram);
}

int create_unnamed(const Settings& settings, int flags, mode_t mode) {
  Store store;
  if (!Store::open(settings, kernel::geteuid(), IfMissing::make, store)) return -ENOENT;
  if (!store.room(settings).is_enough) return -ENOSPC;
  StoreText folder;
  folder << store.path();
  return kernel::openat(AT_FDCWD, folder.c_str(), flags | O_TMPFILE | O_RDWR, mode);
}

}  // namespace memfile::store
