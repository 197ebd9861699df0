#include "store/store.hpp"

#include <algorithm>
#include <climits>
#include <cstring>
#include <sys/statvfs.h>

namespace memfile::store {

namespace {

constexpr mode_t store_mode = 0711;
constexpr mode_t private_mode = 0700;
constexpr std::size_t half_key_characters = 13;  // of 5 bits each, for 64
constexpr std::size_t key_characters = 2 * half_key_characters + directory_size - hash_characters;

// Where systemd-logind does not reach: it deletes what a user owns directly in /dev/shm at logout, and does not enter
// folders that another user owns.
bool has_shared_parent(std::string_view root) {
  StoreText parent;
  parent << root << "/memfile";
  kernel::Status status{};
  if (kernel::statx(AT_FDCWD, parent.c_str(), AT_SYMLINK_NOFOLLOW, status) != 0) return false;
  return status.stx_mode == (S_IFDIR | 01777) && status.stx_uid == 0;
}

StoreText key_path(std::string_view store, bool is_whole) {
  StoreText path;
  path << store << "/.private" << (is_whole ? "/key" : "");
  return path;
}

}  // namespace

StoreState check_store(const char* path, uid_t user) {
  kernel::Status status{};
  const int result = kernel::statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, status);
  if (result == -ENOENT) return StoreState::missing;
  if (result != 0) return StoreState::off;
  const bool is_trusted = status.stx_mode == (S_IFDIR | store_mode) && status.stx_uid == user;
  return is_trusted ? StoreState::trusted : StoreState::off;
}

StoreState check_store(const RamPath& ram) {
  const PathBuffer store;
  if (!store) return StoreState::off;
  *store << ram.store();
  return check_store(store->c_str(), ram.user());
}

bool make_directory(const char* path, mode_t mode) {
  const int result = kernel::mkdirat(AT_FDCWD, path, mode);
  if (result == -EEXIST) return true;
  return result == 0 && kernel::call(SYS_fchmodat, AT_FDCWD, kernel::word(path), static_cast<long>(mode)) == 0;
}

bool boot_characters(std::span<char, directory_size - hash_characters> characters) {
  const int fd = kernel::openat(AT_FDCWD, "/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  char id[36];
  const ssize_t size = kernel::read(fd, id, sizeof id);
  kernel::close(fd);
  if (size != static_cast<ssize_t>(sizeof id)) return false;
  to_base32(keyed_hash({}, {id, sizeof id}), characters);
  return true;
}

bool Store::find(const Settings& settings, uid_t user, IfMissing if_missing, Store& store) {
  store.user_ = user;
  store.path_.take(0);
  store.path_ << settings.root << (has_shared_parent(settings.root) ? "/memfile/" : "/memfile-") << std::uint64_t{user};
  StoreState state = check_store(store.path_.c_str(), user);
  if (state == StoreState::missing && if_missing == IfMissing::make && store.make()) {
    state = check_store(store.path_.c_str(), user);
  }
  return state == StoreState::trusted;
}

bool Store::open(const Settings& settings, uid_t user, IfMissing if_missing, Store& store) {
  if (!find(settings, user, if_missing, store)) return false;
  return store.read_key() || (if_missing == IfMissing::make && store.make_key() && store.read_key());
}

bool Store::open(const RamPath& ram, Store& store) {
  store.user_ = ram.user();
  store.path_.take(0);
  store.path_ << ram.store();
  return check_store(store.path_.c_str(), store.user_) == StoreState::trusted && store.read_key();
}

bool Store::make() { return user_ == kernel::geteuid() && make_directory(path_.c_str(), store_mode); }

bool Store::read_key() {
  char text[key_characters + 1];
  const ssize_t size = kernel::readlinkat(AT_FDCWD, key_path(path(), true).c_str(), text, sizeof text);
  if (size != static_cast<ssize_t>(key_characters)) return false;
  const std::string_view key(text, key_characters);
  std::copy(key.end() - sizeof boot_, key.end(), boot_);
  return from_base32(key.substr(0, half_key_characters), key_.low) &&
         from_base32(key.substr(half_key_characters, half_key_characters), key_.high);
}

// The key is a symbolic link's text, like everything the store notes: made in one step, and private by its directory.
bool Store::make_key() {
  HashKey random;
  if (kernel::getrandom(&random, sizeof random) != static_cast<ssize_t>(sizeof random)) return false;
  char text[key_characters + 1] = {};
  to_base32(random.low, std::span(text, half_key_characters));
  to_base32(random.high, std::span(text + half_key_characters, half_key_characters));
  if (!boot_characters(std::span<char, sizeof boot_>(text + 2 * half_key_characters, sizeof boot_))) return false;
  if (!make_directory(key_path(path(), false).c_str(), private_mode)) return false;
  const int result = kernel::symlinkat(text, AT_FDCWD, key_path(path(), true).c_str());
  return result == 0 || result == -EEXIST;
}

void Store::name_directory(const kernel::Status& folder, std::span<char, directory_size> name) const {
  const std::uint64_t identity[] = {
      (std::uint64_t{folder.stx_dev_major} << 32) | folder.stx_dev_minor, folder.stx_ino,
      (folder.stx_mask & STATX_BTIME) != 0 ? static_cast<std::uint64_t>(folder.stx_btime.tv_sec) : 0,
      (folder.stx_mask & STATX_BTIME) != 0 ? folder.stx_btime.tv_nsec : 0};
  char bytes[sizeof identity];
  std::memcpy(bytes, identity, sizeof identity);
  to_base32(keyed_hash(key_, {bytes, sizeof bytes}), name.first<hash_characters>());
  std::copy(boot_, boot_ + sizeof boot_, name.begin() + hash_characters);
}

bool Store::is_directory_of(const kernel::Status& folder, std::string_view directory) const {
  char name[directory_size];
  name_directory(folder, name);
  return directory == std::string_view(name, sizeof name);
}

void Store::stand_in(std::string_view name, unsigned attempt, std::span<char, 6> suffix) const {
  const HashKey key{key_.low, key_.high ^ (attempt + 1)};
  suffix[0] = '~';
  to_base32(keyed_hash(key, name), suffix.subspan<1>());
}

std::size_t Store::inline_name_size() const {
  const std::size_t taken = path_.size() + directory_size + 2;
  return taken + least_inline_name <= inline_target_size ? inline_target_size - taken : NAME_MAX;
}

Store::Room Store::room(const Settings& settings, std::uint64_t size) const {
  struct statfs64 status {};
  if (kernel::statfs(path_.c_str(), status) != 0) return {.is_enough = false, .is_executable = false};
  const auto block = static_cast<std::uint64_t>(status.f_bsize);
  constexpr std::uint64_t most = 64ULL << 20;
  const std::uint64_t reserve =
      settings.reserve == Settings::default_reserve ? std::min(most, block * status.f_blocks / 8) : settings.reserve;
  // A tmpfs without a size limit says 0 of 0.
  const std::uint64_t free = block * status.f_bavail;
  const bool is_enough = status.f_blocks == 0 || (free > reserve && free - reserve >= size);
  return {.is_enough = is_enough, .is_executable = (static_cast<unsigned long>(status.f_flags) & ST_NOEXEC) == 0};
}

}  // namespace memfile::store
