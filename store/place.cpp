#include "store/place.hpp"

#include <algorithm>
#include <atomic>
#include <climits>

#include "store/companion.hpp"
#include "store/config_note.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

// What a RAM directory lets others do: reach a file whose name they know, as far as its folder lets them. Where the
// folder is not the user's own, its owner is one of these others.
mode_t directory_mode(const kernel::Status& folder) {
  constexpr mode_t search = S_IXGRP | S_IXOTH;
  const bool is_private = folder.stx_uid == kernel::geteuid() && (folder.stx_mode & search) == 0;
  return is_private ? 0700 : 0711;
}

// Where the folder's notes were looked at already: hashes, so that a process asks once for a folder that it stays in.
constinit std::atomic<std::uint64_t> noted_folders[16] = {};

}  // namespace

int give_group(const kernel::Status& folder, int fd) {
  if ((folder.stx_mode & S_ISGID) == 0) return 0;
  kernel::Status made{};
  int result = kernel::statx(fd, "", AT_EMPTY_PATH, made);
  if (result == 0) result = kernel::fchown(fd, static_cast<uid_t>(-1), folder.stx_gid);
  // A change of owner takes these bits away.
  if (result == 0 && (made.stx_mode & (S_ISUID | S_ISGID)) != 0) result = kernel::fchmod(fd, made.stx_mode & 07777U);
  return result;
}

int Place::find() {
  PathBuffer folder;
  if (!folder || !folder_of(at_.path, *folder)) return -ENAMETOOLONG;
  const int result = kernel::statx(at_.dirfd, folder->c_str(), 0, folder_);
  if (result != 0) return result;
  if (!S_ISDIR(folder_.stx_mode)) return -ENOTDIR;
  if (!Store::open(settings_, kernel::geteuid(), IfMissing::make, store_)) return -EXDEV;
  char directory[directory_size];
  store_.name_directory(folder_, directory);
  home_ = RamPath::in(store_.path(), store_.user(), {directory, sizeof directory}, name_of(at_.path));
  return home_.is_too_long() ? -EXDEV : 0;
}

bool Place::has_room(mode_t mode, std::uint64_t size) const {
  const Store::Room room = store_.room(settings_, size);
  return room.is_enough && (room.is_executable || (mode & 0111) == 0);
}

void Place::choose_name(unsigned attempt) {
  ram_ = home_;
  if (attempt == 0 && move_beside_database()) return;
  const bool is_shortened = home_.name().size() > store_.inline_name_size();
  if (attempt > 0 || is_shortened) stand_in(attempt);
}

// False if there is no database for it here: its home is as good a place as any.
bool Place::move_beside_database() {
  RamPath beside;
  if (!is_companion_name(home_.name()) || !find_companion_place(at_, beside)) return false;
  if (beside.store() != store_.path()) return false;
  ram_ = beside;
  return true;
}

bool Place::is_companion_from_outside() const {
  RamPath companion;
  return is_companion_name(home_.name()) && find_companion_from_outside(at_, companion) &&
         companion.view() == ram_.view();
}

// After a few names, any: orphans may have taken one after the other.
void Place::stand_in(unsigned attempt) {
  const std::string_view name = home_.name();
  constexpr unsigned few = 8;
  if (attempt >= few) (void)kernel::getrandom(&attempt, sizeof attempt);
  char suffix[6];
  store_.stand_in(name, attempt, suffix);
  const std::size_t room = std::min<std::size_t>(store_.inline_name_size(), NAME_MAX) - sizeof suffix;
  Text<NAME_MAX + 1> text;
  // Eight more bytes are left, so that a companion's suffix keeps the target inline, too.
  text << name.substr(0, std::min(name.size(), room - 8)) << std::string_view(suffix, sizeof suffix);
  ram_.rename(text.view());
}

bool Place::make_ram_directory() const {
  StoreText directory;
  directory << ram_.store() << '/' << ram_.directory();
  return make_directory(directory.c_str(), directory_mode(folder_));
}

// The folder behind a RAM directory, looked at once in a while: it may have been renamed. False if it cannot be noted.
bool Place::note_home() const {
  note_config(store_, settings_);
  std::uint64_t hash = 0;
  if (ram_.directory() != home_.directory()) return true;
  if (!from_base32(home_.directory().substr(0, hash_characters), hash)) return true;
  std::atomic<std::uint64_t>& slot = noted_folders[hash % std::size(noted_folders)];
  if (slot.load(std::memory_order_relaxed) == hash) return true;
  PathBuffer folder;
  if (!folder || !resolve_folder(at_, *folder)) return false;
  if (!note_folder(store_, ram_.directory(), folder->view())) return false;
  slot.store(hash, std::memory_order_relaxed);
  return true;
}

int Place::publish() {
  if (!is_home() && !note_place(ram_, at_)) return -ENOSPC;
  const int result = kernel::symlinkat(ram_.c_str(), at_.dirfd, at_.path);
  RamPath standing;
  if (result != -EEXIST || !is_companion_name(home_.name())) return result;
  return look(at_, standing) == Standing::memfile && standing.view() == ram_.view() ? 0 : result;
}

void Place::withdraw() const {
  kernel::unlinkat(AT_FDCWD, ram_.c_str());
  if (!is_home()) forget_path(ram_);
}

}  // namespace memfile::store
