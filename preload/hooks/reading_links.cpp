// Reading links: a memfile is none, and /proc's links to open files lead to the paths that the program knows.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "preload/failure.hpp"
#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/look.hpp"
#include "store/magic_link.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::RamPath;
using store::Standing;

struct Buffer {
  char* bytes;
  size_t size;
};

// What the next symbol wrote is ours to hide. Many a program zeroes its buffer and takes it for a string afterwards.
void clear(Buffer buffer, size_t from, ssize_t written) {
  const auto end = static_cast<size_t>(written);
  if (from < end) std::memset(buffer.bytes + from, 0, end - from);
}

// `result` is what the next symbol read.
__attribute__((noinline)) ssize_t read_ours(At at, Buffer buffer, ssize_t result) {
  RamPath ram;
  switch (store::look(at, ram)) {
    case Standing::memfile:
      clear(buffer, 0, result);
      return fail(EINVAL);
    case Standing::dangling:
      clear(buffer, 0, result);
      return fail(ENOENT);
    case Standing::absent:
    case Standing::other:
      break;
  }
  const store::PathBuffer origin;
  if (!origin || !store::origin_of_magic_link(at, *origin)) return result;
  const size_t size = std::min(buffer.size, origin->size());
  std::memcpy(buffer.bytes, origin->c_str(), size);
  clear(buffer, size, result);
  return static_cast<ssize_t>(size);
}

ssize_t reading_link(FunctionRef<ssize_t()> real, At at, Buffer buffer) {
  const ssize_t result = real();
  if (result <= 0 || buffer.bytes[0] != '/') return result;
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent()) return result;
  return read_ours(at, buffer, result);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::reading_link;

MEMFILE_EXPORT ssize_t readlink(const char* path, char* buffer, size_t size) noexcept {
  return reading_link([&] { return next.readlink(path, buffer, size); }, {AT_FDCWD, path}, {buffer, size});
}

MEMFILE_EXPORT ssize_t readlinkat(int dirfd, const char* path, char* buffer, size_t size) noexcept {
  return reading_link([&] { return next.readlinkat(dirfd, path, buffer, size); }, {dirfd, path}, {buffer, size});
}

MEMFILE_EXPORT ssize_t __readlink_chk(const char* path, char* buffer, size_t size, size_t buffer_size) {
  return reading_link([&] { return next.readlink_chk(path, buffer, size, buffer_size); }, {AT_FDCWD, path},
                      {buffer, size});
}

MEMFILE_EXPORT ssize_t __readlinkat_chk(int dirfd, const char* path, char* buffer, size_t size, size_t buffer_size) {
  return reading_link([&] { return next.readlinkat_chk(dirfd, path, buffer, size, buffer_size); }, {dirfd, path},
                      {buffer, size});
}
