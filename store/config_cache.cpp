#include "store/config_cache.hpp"

#include <sys/mman.h>
#include <time.h>
#include <utility>

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

constexpr mode_t private_directory = 0700;
constexpr mode_t private_file = 0600;
// Who is at it for longer was killed. In seconds.
constexpr std::int64_t longest_write = 60;

StoreText cache_path(const Store& store) {
  StoreText path;
  path << store.path() << '/' << cache_directory;
  return path;
}

StoreText place_path(const Store& store, std::string_view key) {
  StoreText path = cache_path(store);
  path << '/' << keyed_hash({}, key) % cache_places;
  return path;
}

bool is_trustworthy(const kernel::Status& status, const Store& store) {
  return S_ISREG(status.stx_mode) && status.stx_uid == store.user() && (status.stx_mode & 022) == 0;
}

std::span<const std::byte> map(int fd, const Store& store) {
  kernel::Status status{};
  if (kernel::statx(fd, "", AT_EMPTY_PATH, status) != 0 || !is_trustworthy(status, store)) return {};
  const std::uint64_t size = status.stx_size;
  if (size == 0 || size > max_cached_size) return {};
  const void* bytes = kernel::map(static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE, fd);
  if (bytes == nullptr) return {};
  return {static_cast<const std::byte*>(bytes), static_cast<std::size_t>(size)};
}

bool write_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = kernel::write(fd, bytes.data(), bytes.size());
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

// The draft of a place is made by one writer at a time; another one has nothing better to write.
int open_draft(const StoreText& draft) {
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const int fd = kernel::openat(AT_FDCWD, draft.c_str(), flags, private_file);
  if (fd != -EEXIST) return fd;
  kernel::Status status{};
  kernel::Time now{};
  if (kernel::statx(AT_FDCWD, draft.c_str(), AT_SYMLINK_NOFOLLOW, status) != 0) return fd;
  if (kernel::now(now) != 0) return fd;
  if (now.tv_sec - status.stx_mtime.tv_sec < longest_write) return fd;
  kernel::unlinkat(AT_FDCWD, draft.c_str());
  return kernel::openat(AT_FDCWD, draft.c_str(), flags, private_file);
}

}  // namespace

CachedBytes::CachedBytes(const Store& store, std::string_view key) {
  const int fd = kernel::openat(AT_FDCWD, place_path(store, key).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return;
  bytes_ = map(fd, store);
  kernel::close(fd);
}

CachedBytes::~CachedBytes() {
  if (!bytes_.empty()) kernel::call(SYS_munmap, kernel::word(bytes_.data()), static_cast<long>(bytes_.size()));
}

std::span<const std::byte> CachedBytes::release() { return std::exchange(bytes_, {}); }

void keep_in_cache(const Store& store, std::string_view key, std::span<const std::byte> bytes) {
  if (bytes.empty() || bytes.size() > max_cached_size) return;
  if (!store.room({}).is_enough || !make_directory(cache_path(store).c_str(), private_directory)) return;
  const StoreText place = place_path(store, key);
  StoreText draft = place;
  draft << ".draft";
  const int fd = open_draft(draft);
  if (fd < 0) return;
  const bool is_written = write_all(fd, bytes);
  kernel::close(fd);
  if (is_written && kernel::renameat(AT_FDCWD, draft.c_str(), AT_FDCWD, place.c_str()) == 0) return;
  kernel::unlinkat(AT_FDCWD, draft.c_str());
}

}  // namespace memfile::store
