#include "store/copying.hpp"

#include <cstring>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

constexpr std::size_t buffer_size = std::size_t{256} * 1024;
constexpr std::size_t half = buffer_size / 2;

class Buffer {
 public:
  Buffer() : address_(kernel::map(buffer_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1)) {}
  ~Buffer() {
    if (*this) kernel::call(SYS_munmap, kernel::word(address_), buffer_size);
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  explicit operator bool() const { return address_ != nullptr; }
  [[nodiscard]] char* begin() const { return static_cast<char*>(address_); }

 private:
  void* address_;
};

int write_all(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = kernel::write(to, bytes, size);
    if (written == -EINTR) continue;
    if (written < 0) return static_cast<int>(written);
    if (written == 0) return -EIO;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return 0;
}

// The bytes from `begin` to `end`; both files' offsets are moved.
int copy_extent(int from, int to, std::int64_t begin, std::int64_t end, const Buffer& buffer) {
  std::int64_t result = kernel::lseek(from, begin, SEEK_SET);
  if (result >= 0) result = kernel::lseek(to, begin, SEEK_SET);
  while (result >= 0 && begin < end) {
    const std::size_t wanted =
        end - begin < static_cast<std::int64_t>(buffer_size) ? static_cast<std::size_t>(end - begin) : buffer_size;
    const ssize_t size = kernel::read(from, buffer.begin(), wanted);
    if (size == -EINTR) continue;
    if (size == 0) return -EAGAIN;  // shorter than it was a moment ago
    result = size < 0 ? size : write_all(to, buffer.begin(), static_cast<std::size_t>(size));
    begin += size;
  }
  return result < 0 ? static_cast<int>(result) : 0;
}

int copy_content(int from, int to, std::int64_t size, const Buffer& buffer) {
  for (std::int64_t done = 0; done < size;) {
    std::int64_t data = kernel::lseek(from, done, SEEK_DATA);
    if (data == -ENXIO) break;
    std::int64_t hole = data < 0 ? data : kernel::lseek(from, data, SEEK_HOLE);
    if (data < 0 || hole < 0) {  // a file system that knows of no holes
      data = done;
      hole = size;
    }
    const int result = copy_extent(from, to, data, hole, buffer);
    if (result != 0) return result;
    done = hole;
  }
  return kernel::ftruncate(to, size);
}

bool is_the_systems(std::string_view name) { return name.starts_with("security.") || name.starts_with("trusted."); }

int copy_xattrs(int from, int to, const Buffer& buffer) {
  const ssize_t size = kernel::flistxattr(from, buffer.begin(), half);
  if (size == -EOPNOTSUPP) return 0;
  if (size < 0) return static_cast<int>(size);
  char* const value = buffer.begin() + half;
  for (const char* name = buffer.begin(); name < buffer.begin() + size; name += std::strlen(name) + 1) {
    ssize_t result = kernel::fgetxattr(from, name, value, half);
    if (result >= 0) result = kernel::fsetxattr(to, name, value, static_cast<std::size_t>(result));
    if (result < 0 && !is_the_systems(name)) return static_cast<int>(result);
  }
  return 0;
}

kernel::Time time_of(const statx_timestamp& stamp) { return {.tv_sec = stamp.tv_sec, .tv_nsec = stamp.tv_nsec}; }

int copy_owner_and_mode(const kernel::Status& status, int to) {
  kernel::Status now{};
  int result = kernel::statx(to, "", AT_EMPTY_PATH, now);
  if (result == 0 && (now.stx_uid != status.stx_uid || now.stx_gid != status.stx_gid)) {
    result = kernel::fchown(to, status.stx_uid, status.stx_gid);
  }
  return result == 0 ? kernel::fchmod(to, status.stx_mode & 07777U) : result;
}

}  // namespace

int copy_file(int from, const kernel::Status& status, int to) {
  const Buffer buffer;
  if (!buffer) return -ENOMEM;
  int result = copy_content(from, to, static_cast<std::int64_t>(status.stx_size), buffer);
  // Times are those of before the copy, and the mode comes after the owner, which clears the set-id bits.
  if (result == 0) result = copy_owner_and_mode(status, to);
  if (result == 0) result = copy_xattrs(from, to, buffer);
  if (result != 0) return result;
  const kernel::Time times[] = {time_of(status.stx_atime), time_of(status.stx_mtime)};
  return kernel::futimens(to, times);
}

}  // namespace memfile::store
