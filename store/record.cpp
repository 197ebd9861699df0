#include "store/record.hpp"

#include "store/descriptor.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::store {

namespace {

enum class Missing { fail, make };

// A store, and whether it is entered by its path.
struct Keeper {
  std::string_view store;
  uid_t user;
  bool is_own;

  explicit Keeper(const Store& store)
      : store(store.path()), user(store.user()), is_own(store.user() == kernel::geteuid()) {}
  explicit Keeper(const RamPath& ram) : store(ram.store()), user(ram.user()), is_own(store::is_own(ram)) {}
};

// A note of one kind about a RAM directory, or about one RAM file in it: `at()` is where it stands. In the effective
// user's own store a path serves; otherwise each folder is opened by itself, and has to be its user's.
class Note {
 public:
  Note(Keeper keeper, std::string_view kind, std::string_view directory, std::string_view name = {},
       Missing missing = Missing::fail)
      : user_(keeper.user) {
    if (!path_) return;
    const bool has_own_folder = !name.empty();
    if (keeper.is_own) {
      *path_ << keeper.store << '/' << kind;
      if (missing == Missing::make) (void)make_directory(path_->c_str(), 0700);
      if (has_own_folder) *path_ << '/' << directory;
      if (has_own_folder && missing == Missing::make) (void)make_directory(path_->c_str(), 0700);
      *path_ << '/' << (has_own_folder ? name : directory);
      return;
    }
    step(keeper.store, Missing::fail);
    step(kind, missing);
    if (has_own_folder) step(directory, missing);
    path_->take(0);
    *path_ << (has_own_folder ? name : directory);
  }
  ~Note() {
    if (dirfd_ >= 0) kernel::close(dirfd_);
  }
  Note(const Note&) = delete;
  Note& operator=(const Note&) = delete;

  [[nodiscard]] explicit operator bool() const { return path_ && !path_->is_cut() && (is_a_path() || dirfd_ >= 0); }
  [[nodiscard]] At at() const { return {dirfd_, path_->c_str()}; }
  // The same folder, another name; a note is replaced by a rename.
  void name_sibling(std::string_view name, PathText& path) const {
    path.take(0);
    const std::size_t slash = path_->view().rfind('/');
    if (slash != std::string_view::npos) path << path_->view().substr(0, slash + 1);
    path << name;
  }

 private:
  [[nodiscard]] bool is_a_path() const { return dirfd_ == AT_FDCWD; }

  void step(std::string_view name, Missing missing) {
    path_->take(0);
    *path_ << name;
    int next = open_folder(dirfd_, path_->c_str(), user_);
    if (next == -ENOENT && missing == Missing::make && kernel::mkdirat(dirfd_, path_->c_str(), 0700) == 0) {
      give_to_user(path_->c_str());
      next = open_folder(dirfd_, path_->c_str(), user_);
    }
    if (dirfd_ >= 0) kernel::close(dirfd_);
    dirfd_ = next;
  }

  // By a descriptor: something else may stand at the name by now.
  void give_to_user(const char* name) const {
    const Descriptor made(kernel::openat(dirfd_, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    kernel::Status status{};
    if (made.get() < 0 || kernel::statx(made.get(), "", AT_EMPTY_PATH, status) != 0) return;
    if (status.stx_uid == kernel::geteuid()) (void)kernel::fchown(made.get(), user_, static_cast<gid_t>(-1));
  }

  uid_t user_;
  int dirfd_ = AT_FDCWD;
  PathBuffer path_;
};

bool read_note(const Note& note, PathText& text) {
  if (!note) return false;
  const ssize_t size = kernel::readlinkat(note.at().dirfd, note.at().path, text.buffer(), PathText::capacity());
  text.take(size > 0 ? static_cast<std::size_t>(size) : 0);
  return size > 0 && text.c_str()[0] == '/';
}

// Makes the link, or puts a new one in the old one's place in one step. -ENOENT: a folder is missing.
int write_note(std::string_view target, const Note& note) {
  PathBuffer text;
  if (!text || !note) return -ENOENT;
  *text << target;
  if (text->is_cut()) return -ENAMETOOLONG;
  const At at = note.at();
  const int result = kernel::symlinkat(text->c_str(), at.dirfd, at.path);
  if (result != -EEXIST) return result;
  std::uint64_t unique = 0;
  if (kernel::getrandom(&unique, sizeof unique) != static_cast<ssize_t>(sizeof unique)) return -EIO;
  Text<40> name;
  name << ".new-" << unique;
  const PathBuffer fresh;
  if (!fresh) return -ENOMEM;
  note.name_sibling(name.view(), *fresh);
  if (kernel::symlinkat(text->c_str(), at.dirfd, fresh->c_str()) != 0) return -EIO;
  const int renamed = kernel::renameat(at.dirfd, fresh->c_str(), at.dirfd, at.path);
  if (renamed != 0) kernel::unlinkat(at.dirfd, fresh->c_str());
  return renamed;
}

// Folders of notes are there but for the first time.
bool note(std::string_view target, Keeper keeper, std::string_view kind, std::string_view directory,
          std::string_view name = {}) {
  const int result = write_note(target, Note(keeper, kind, directory, name));
  if (result != -ENOENT) return result == 0;
  return write_note(target, Note(keeper, kind, directory, name, Missing::make)) == 0;
}

// Another user's store is not entered by its path.
bool remove_note(const RamPath& ram, std::string_view kind) {
  const Note note(Keeper(ram), kind, ram.directory(), ram.name());
  return note && kernel::unlinkat(note.at().dirfd, note.at().path) == 0;
}

// By this very name, not by that of another hard link; but a store may be spelled in more than one way.
bool leads_to(const char* path, const RamPath& ram) {
  RamPath named;
  if (!spells_ram_path({AT_FDCWD, path}, named)) return false;
  if (named.directory() != ram.directory() || named.name() != ram.name()) return false;
  kernel::Status led_to{};
  kernel::Status status{};
  return kernel::statx(AT_FDCWD, path, 0, led_to) == 0 &&
         kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, status) == 0 && kernel::are_one_file(led_to, status);
}

bool home(const RamPath& ram, PathText& path) {
  if (!noted_folder(ram, path)) return false;
  if (path.view() != "/") path << '/';
  path << ram.name();
  return !path.is_cut();
}

}  // namespace

bool note_folder(const Store& store, std::string_view directory, std::string_view folder) {
  PathBuffer noted;
  if (noted && read_note(Note(Keeper(store), origin_directory, directory), *noted) && noted->view() == folder) {
    return true;
  }
  return note(folder, Keeper(store), origin_directory, directory);
}

bool noted_folder(const RamPath& ram, PathText& folder) {
  return read_note(Note(Keeper(ram), origin_directory, ram.directory()), folder);
}

bool note_path(const RamPath& ram, std::string_view path) {
  return note(path, Keeper(ram), record_directory, ram.directory(), ram.name());
}

bool noted_path(const RamPath& ram, PathText& path) {
  return read_note(Note(Keeper(ram), record_directory, ram.directory(), ram.name()), path);
}

// What is owed has a record.
void forget_path(const RamPath& ram) {
  if (remove_note(ram, record_directory)) (void)remove_note(ram, owed_directory);
}

bool note_owed(const RamPath& ram, At at) {
  PathBuffer path;
  if (!path || !resolve(at, *path)) return false;
  return note_path(ram, path->view()) && note(path->view(), Keeper(ram), owed_directory, ram.directory(), ram.name());
}

bool is_owed(const RamPath& ram) {
  PathBuffer path;
  return path && read_note(Note(Keeper(ram), owed_directory, ram.directory(), ram.name()), *path);
}

bool origin(const RamPath& ram, PathText& path) { return noted_path(ram, path) || home(ram, path); }

bool standing_origin(const RamPath& ram, PathText& path) {
  if (noted_path(ram, path) && leads_to(path.c_str(), ram)) return true;
  return home(ram, path) && leads_to(path.c_str(), ram);
}

bool is_led_to(const RamPath& ram) {
  PathBuffer path;
  return !path || standing_origin(ram, *path);
}

bool note_place(const RamPath& ram, At at) {
  PathBuffer path;
  PathBuffer noted_home;
  if (!path || !noted_home || !resolve(at, *path)) return false;
  if (home(ram, *noted_home) && noted_home->view() == path->view()) {
    forget_path(ram);
    return true;
  }
  (void)remove_note(ram, owed_directory);
  return note_path(ram, path->view());
}

}  // namespace memfile::store
