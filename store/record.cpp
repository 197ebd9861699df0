#include "store/record.hpp"

#include <climits>

#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::store {

namespace {

// Paths in the store: its path, a directory, and two names. Longer ones are cut, and then noted nowhere.
using NoteText = Text<1024>;

constexpr mode_t notes_mode = 0700;

NoteText note_of(std::string_view store, std::string_view kind, std::string_view directory,
                 std::string_view name = {}) {
  NoteText note;
  note << store << '/' << kind << '/' << directory;
  if (!name.empty()) note << '/' << name;
  return note;
}

bool read_note(const NoteText& note, PathText& text) {
  const ssize_t size = kernel::readlinkat(AT_FDCWD, note.c_str(), text.buffer(), PathText::capacity());
  text.take(size > 0 ? static_cast<std::size_t>(size) : 0);
  return size > 0 && text.c_str()[0] == '/';
}

// Where a note is written: its name, and the folder of its kind, in which a fresh one can be prepared.
struct Place {
  At note;
  At kind;
};

// Makes the link, or puts a new one in the old one's place in one step. 0 or -errno.
int put_link(const char* target, const Place& place) {
  const int result = kernel::symlinkat(target, place.note.dirfd, place.note.path);
  if (result != -EEXIST) return result;
  std::uint64_t unique = 0;
  if (kernel::getrandom(&unique, sizeof unique) != static_cast<ssize_t>(sizeof unique)) return -EIO;
  NoteText fresh;
  fresh << place.kind.path << "/.new-" << unique;
  const int made = kernel::symlinkat(target, place.kind.dirfd, fresh.c_str());
  if (made != 0) return made;
  const int moved = kernel::renameat(place.kind.dirfd, fresh.c_str(), place.note.dirfd, place.note.path);
  if (moved != 0) kernel::unlinkat(place.kind.dirfd, fresh.c_str());
  return moved;
}

// The folder, made if it is missing, and then `owner`'s. A descriptor or -errno.
int make_folder(int dirfd, const char* name, uid_t owner) {
  const int there = open_folder(dirfd, name, owner);
  if (there != -ENOENT) return there;
  if (kernel::mkdirat(dirfd, name, notes_mode) != 0) return -EACCES;
  const int fd = kernel::openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return fd;
  struct statx made {};
  const bool is_ours = kernel::statx(fd, "", AT_EMPTY_PATH, made) == 0 && made.stx_uid == kernel::geteuid();
  if (is_ours && kernel::fchown(fd, owner, static_cast<gid_t>(-1)) == 0) return fd;
  kernel::close(fd);
  return -EACCES;
}

// The folders of a record in another user's store, opened step by step: that user could have put a link in the place of
// any of them.
class RecordFolders {
 public:
  RecordFolders(const RamPath& ram, IfMissing if_missing) {
    StoreText store;
    store << ram.store();
    Text<directory_size + 1> directory;
    directory << ram.directory();
    const auto step = if_missing == IfMissing::make ? make_folder : open_folder;
    store_ = open_folder(AT_FDCWD, store.c_str(), ram.user());
    kind_ = store_ < 0 ? store_ : step(store_, record_directory.data(), ram.user());
    directory_ = kind_ < 0 ? kind_ : step(kind_, directory.c_str(), ram.user());
  }
  ~RecordFolders() {
    for (const int fd : {store_, kind_, directory_}) {
      if (fd >= 0) kernel::close(fd);
    }
  }
  RecordFolders(const RecordFolders&) = delete;
  RecordFolders& operator=(const RecordFolders&) = delete;

  [[nodiscard]] bool are_there() const { return directory_ >= 0; }
  [[nodiscard]] int kind() const { return kind_; }
  [[nodiscard]] int directory() const { return directory_; }

 private:
  int store_;
  int kind_;
  int directory_;
};

// In the effective user's own store: by path. `directory` is empty where the kind has no folder for each.
bool write_own_note(const char* target, const NoteText& note, std::string_view store, std::string_view kind,
                    std::string_view directory) {
  NoteText folder;
  folder << store << '/' << kind;
  const Place place{.note = {AT_FDCWD, note.c_str()}, .kind = {AT_FDCWD, folder.c_str()}};
  const int result = put_link(target, place);
  if (result != -ENOENT) return result == 0;
  if (!make_directory(folder.c_str(), notes_mode)) return false;
  NoteText own_folder;
  own_folder << folder.view() << '/' << directory;
  if (!directory.empty() && !make_directory(own_folder.c_str(), notes_mode)) return false;
  return put_link(target, place) == 0;
}

bool is_own(const RamPath& ram) { return ram.user() == kernel::geteuid(); }

NoteText record_of(const RamPath& ram) { return note_of(ram.store(), record_directory, ram.directory(), ram.name()); }

bool write_record(const char* target, const RamPath& ram) {
  if (is_own(ram)) return write_own_note(target, record_of(ram), ram.store(), record_directory, ram.directory());
  const RecordFolders folders(ram, IfMissing::make);
  Text<NAME_MAX + 1> name;
  name << ram.name();
  return folders.are_there() &&
         put_link(target, {.note = {folders.directory(), name.c_str()}, .kind = {folders.kind(), "."}}) == 0;
}

bool leads_to(const char* path, const RamPath& ram) {
  char target[max_ram_path];
  const ssize_t size = kernel::readlinkat(AT_FDCWD, path, target, sizeof target);
  return size > 0 && std::string_view(target, static_cast<std::size_t>(size)) == ram.view();
}

bool home(const RamPath& ram, PathText& path) {
  if (!noted_folder(ram.store(), ram.directory(), path)) return false;
  if (path.view() != "/") path << '/';
  path << ram.name();
  return !path.is_cut();
}

}  // namespace

bool note_folder(const Store& store, std::string_view directory, std::string_view folder) {
  const NoteText note = note_of(store.path(), origin_directory, directory);
  PathBuffer text;
  if (!text || note.is_cut()) return false;
  if (read_note(note, *text) && text->view() == folder) return true;
  text->take(0);
  *text << folder;
  return !text->is_cut() && write_own_note(text->c_str(), note, store.path(), origin_directory, {});
}

bool noted_folder(std::string_view store, std::string_view directory, PathText& folder) {
  return read_note(note_of(store, origin_directory, directory), folder);
}

bool note_path(const RamPath& ram, std::string_view path) {
  PathBuffer text;
  if (!text) return false;
  *text << path;
  return !text->is_cut() && write_record(text->c_str(), ram);
}

bool noted_path(const RamPath& ram, PathText& path) { return read_note(record_of(ram), path); }

void forget_path(const RamPath& ram) {
  if (is_own(ram)) {
    kernel::unlinkat(AT_FDCWD, record_of(ram).c_str());
    return;
  }
  const RecordFolders folders(ram, IfMissing::fail);
  Text<NAME_MAX + 1> name;
  name << ram.name();
  if (folders.are_there()) kernel::unlinkat(folders.directory(), name.c_str());
}

bool origin(const RamPath& ram, PathText& path) { return noted_path(ram, path) || home(ram, path); }

bool is_led_to(const RamPath& ram) {
  PathBuffer path;
  if (!path) return true;
  if (noted_path(ram, *path) && leads_to(path->c_str(), ram)) return true;
  return home(ram, *path) && leads_to(path->c_str(), ram);
}

bool note_place(const RamPath& ram, At at) {
  PathBuffer path;
  PathBuffer noted_home;
  if (!path || !noted_home || !resolve(at, *path)) return false;
  if (!home(ram, *noted_home) || noted_home->view() != path->view()) return note_path(ram, path->view());
  forget_path(ram);
  return true;
}

}  // namespace memfile::store
