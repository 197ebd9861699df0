#include "store/record.hpp"

#include <span>

#include "store/descriptor.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/pooled.hpp"

namespace memfile::store {

namespace {

enum class Missing { fail, make };

// A store, and whether it is entered by its path.
struct Keeper {
  std::string_view store;
  uid_t user;
  bool is_own;

  explicit Keeper(const Store& found)
      : store(found.path()), user(found.user()), is_own(found.user() == kernel::geteuid()) {}
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
  return size > 0;
}

bool read_path(const Note& note, PathText& path) { return read_note(note, path) && path.c_str()[0] == '/'; }

bool read_record(const RamPath& ram, PathText& text) {
  return read_note(Note(Keeper(ram), record_directory, ram.directory(), ram.name()), text);
}

// A record of the form DIRECTORY/NAME: what DIRECTORY stands for is noted as for any RAM directory.
bool is_by_directory(std::string_view record) {
  return record.size() > directory_size + 1 && record[directory_size] == '/' &&
         is_directory_name(record.substr(0, directory_size));
}
std::string_view directory_in(const PathText& record) { return record.view().substr(0, directory_size); }
std::string_view name_in(const PathText& record) { return record.view().substr(directory_size + 1); }

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

bool note_folder_of(Keeper keeper, std::string_view directory, std::string_view folder) {
  PathBuffer noted;
  if (noted && read_path(Note(keeper, origin_directory, directory), *noted) && noted->view() == folder) return true;
  return note(folder, keeper, origin_directory, directory);
}

// What a RAM directory for the folder of `at` would be called. False where the store's key is not to be read.
bool name_directory(const RamPath& ram, At at, std::span<char, directory_size> directory) {
  const PathBuffer folder;
  const Pooled<Store> store;
  const Pooled<kernel::Status> status;
  if (!folder || !store || !status || !folder_of(at.path, *folder)) return false;
  if (kernel::statx(at.dirfd, folder->c_str(), 0, *status) != 0 || !Store::open(ram, *store)) return false;
  store->name_directory(*status, directory);
  return true;
}

bool note_record(const RamPath& ram, std::string_view record) {
  return note(record, Keeper(ram), record_directory, ram.directory(), ram.name());
}

enum class AtHome { has_a_record, needs_none };

// By the folder's directory where that can be told, so that it holds when the folder is renamed.
bool note_path(const RamPath& ram, At at, std::string_view path, AtHome at_home) {
  char characters[directory_size];
  if (!name_directory(ram, at, characters)) return note_record(ram, path);
  const std::string_view directory(characters, sizeof characters);
  const std::string_view name = name_of(path);
  PathBuffer text;
  if (!text || !folder_of(path, *text) || !note_folder_of(Keeper(ram), directory, text->view())) return false;
  if (at_home == AtHome::needs_none && directory == ram.directory() && name == ram.name()) {
    forget_path(ram);
    return true;
  }
  text->take(0);
  *text << directory << '/' << name;
  return note_record(ram, text->view());
}

bool home(const RamPath& ram, PathText& path) {
  if (!noted_folder(ram, path)) return false;
  if (path.view() != "/") path << '/';
  path << ram.name();
  return !path.is_cut();
}

}  // namespace

bool note_folder(const Store& store, std::string_view directory, std::string_view folder) {
  return note_folder_of(Keeper(store), directory, folder);
}

bool noted_folder(const RamPath& ram, PathText& folder) {
  return read_path(Note(Keeper(ram), origin_directory, ram.directory()), folder);
}

bool noted_path(const RamPath& ram, PathText& path) {
  if (!read_record(ram, path)) return false;
  if (!is_by_directory(path.view())) return path.c_str()[0] == '/';
  const PathBuffer name;
  Text<directory_size + 1> directory;
  if (!name) return false;
  *name << name_in(path);
  directory << directory_in(path);
  if (!read_path(Note(Keeper(ram), origin_directory, directory.view()), path)) return false;
  if (path.view() != "/") path << '/';
  path << name->view();
  return !path.is_cut();
}

bool is_noted_folder(const RamPath& ram, const kernel::Status& folder) {
  const PathBuffer record;
  const Pooled<Store> store;
  return record && store && read_record(ram, *record) && is_by_directory(record->view()) && Store::open(ram, *store) &&
         store->is_directory_of(folder, directory_in(*record));
}

bool is_noted_name(const RamPath& ram, std::string_view name) {
  const PathBuffer record;
  return record && read_record(ram, *record) && is_by_directory(record->view()) && name_in(*record) == name;
}

// What is owed has a record.
void forget_path(const RamPath& ram) {
  if (remove_note(ram, record_directory)) (void)remove_note(ram, owed_directory);
}

bool note_owed(const RamPath& ram, At at) {
  PathBuffer path;
  if (!path || !resolve(at, *path)) return false;
  return note_path(ram, at, path->view(), AtHome::has_a_record) &&
         note(path->view(), Keeper(ram), owed_directory, ram.directory(), ram.name());
}

bool is_owed(const RamPath& ram) {
  PathBuffer path;
  return path && read_path(Note(Keeper(ram), owed_directory, ram.directory(), ram.name()), *path);
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
  if (!path || !resolve(at, *path)) return false;
  (void)remove_note(ram, owed_directory);
  return note_path(ram, at, path->view(), AtHome::needs_none);
}

}  // namespace memfile::store
