#include "store/record.hpp"

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

// Paths in the store: its path, a directory, and two names. Longer ones are cut, and then noted nowhere.
using NoteText = Text<1024>;

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

// Makes the link, or puts a new one in the old one's place in one step.
void write_note(std::string_view target, const NoteText& note, std::string_view store, std::string_view kind,
                std::string_view directory, bool has_own_directory) {
  PathBuffer text;
  if (!text || note.is_cut()) return;
  *text << target;
  if (text->is_cut()) return;
  int result = kernel::symlinkat(text->c_str(), AT_FDCWD, note.c_str());
  if (result == -ENOENT) {
    NoteText folder;
    folder << store << '/' << kind;
    if (!make_directory(folder.c_str(), 0700)) return;
    folder << '/' << directory;
    if (has_own_directory && !make_directory(folder.c_str(), 0700)) return;
    result = kernel::symlinkat(text->c_str(), AT_FDCWD, note.c_str());
  }
  if (result != -EEXIST) return;
  std::uint64_t unique = 0;
  if (kernel::getrandom(&unique, sizeof unique) != static_cast<ssize_t>(sizeof unique)) return;
  NoteText fresh;
  fresh << store << '/' << kind << "/.new-" << unique;
  if (kernel::symlinkat(text->c_str(), AT_FDCWD, fresh.c_str()) != 0) return;
  if (kernel::renameat(AT_FDCWD, fresh.c_str(), AT_FDCWD, note.c_str()) != 0) kernel::unlinkat(AT_FDCWD, fresh.c_str());
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

void note_folder(const Store& store, std::string_view directory, std::string_view folder) {
  const NoteText note = note_of(store.path(), origin_directory, directory);
  PathBuffer noted;
  if (noted && read_note(note, *noted) && noted->view() == folder) return;
  write_note(folder, note, store.path(), origin_directory, directory, false);
}

bool noted_folder(std::string_view store, std::string_view directory, PathText& folder) {
  return read_note(note_of(store, origin_directory, directory), folder);
}

void note_path(const RamPath& ram, std::string_view path) {
  write_note(path, note_of(ram.store(), record_directory, ram.directory(), ram.name()), ram.store(), record_directory,
             ram.directory(), true);
}

bool noted_path(const RamPath& ram, PathText& path) {
  return read_note(note_of(ram.store(), record_directory, ram.directory(), ram.name()), path);
}

void forget_path(const RamPath& ram) {
  kernel::unlinkat(AT_FDCWD, note_of(ram.store(), record_directory, ram.directory(), ram.name()).c_str());
}

bool origin(const RamPath& ram, PathText& path) { return noted_path(ram, path) || home(ram, path); }

bool is_led_to(const RamPath& ram) {
  PathBuffer path;
  if (!path) return true;
  if (noted_path(ram, *path) && leads_to(path->c_str(), ram)) return true;
  return home(ram, *path) && leads_to(path->c_str(), ram);
}

void note_place(const RamPath& ram, At at) {
  PathBuffer path;
  PathBuffer noted_home;
  if (!path || !noted_home || !resolve(at, *path)) return;
  if (home(ram, *noted_home) && noted_home->view() == path->view()) {
    forget_path(ram);
  } else {
    note_path(ram, path->view());
  }
}

}  // namespace memfile::store
