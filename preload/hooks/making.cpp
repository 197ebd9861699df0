// Making what is no regular file, which a dangling link of ours must not keep from being made; and mknod, which makes
// regular files, too: those become memfiles where the rules want it.
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "preload/hooks/opening.hpp"
#include "preload/symbols.hpp"
#include "preload/target.hpp"
#include "store/kernel.hpp"

namespace memfile::preload {

namespace {

using store::At;

// Of dev_t, as the former names of mknod have it; libc refuses all others.
constexpr int node_version = __WORDSIZE == 32 ? 1 : 0;

// `at` is the node's place, `mode` its type and permissions.
int making_node(const char* call, FunctionRef<int()> real, At at, mode_t mode) {
  // A type of 0 means a regular file.
  if (!S_ISREG(mode) && (mode & S_IFMT) != 0) return making_anew(real, at);
  Detour detour = Detour::none;
  const int fd = creating(call, at, O_RDONLY | O_CLOEXEC | O_EXCL, mode & ~static_cast<mode_t>(S_IFMT), detour);
  if (fd >= 0) {
    kernel::close(fd);  // of a file that is new: no lock of the program's can hang on it
    return 0;
  }
  const int result = making_anew(real, at);
  if (result == 0) log_outcome(call, at, detour);
  return result;
}

// A name in the file system, if that is where the address leads. It need not end with a NUL byte.
bool take_socket_path(const sockaddr* address, socklen_t size, store::Text<sizeof(sockaddr_un)>& path) {
  constexpr socklen_t prefix = offsetof(sockaddr_un, sun_path);
  if (size <= prefix || size > sizeof(sockaddr_un) || address->sa_family != AF_UNIX) return false;
  const char* bytes = reinterpret_cast<const char*>(address) + prefix;
  path << std::string_view(bytes, strnlen(bytes, size - prefix));
  return path.size() > 0;
}

// The address was good enough for the kernel to say that it is taken.
int making_socket(FunctionRef<int()> real, const sockaddr* address, socklen_t size) {
  const int errno_of_program = errno;
  const int result = real();
  store::Text<sizeof(sockaddr_un)> path;
  if (result == 0 || errno != EADDRINUSE || !take_socket_path(address, size, path)) return result;
  if (!clear_the_way({AT_FDCWD, path.c_str()})) return result;
  errno = errno_of_program;
  return real();
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::making_anew;
using memfile::preload::making_node;
using memfile::preload::making_socket;
using memfile::preload::next;
using memfile::preload::node_version;

MEMFILE_EXPORT int mkdir(const char* path, mode_t mode) noexcept {
  return making_anew([&] { return next.mkdir(path, mode); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int mkdirat(int dirfd, const char* path, mode_t mode) noexcept {
  return making_anew([&] { return next.mkdirat(dirfd, path, mode); }, {dirfd, path});
}

MEMFILE_EXPORT int mkfifo(const char* path, mode_t mode) noexcept {
  return making_anew([&] { return next.mkfifo(path, mode); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int mkfifoat(int dirfd, const char* path, mode_t mode) noexcept {
  return making_anew([&] { return next.mkfifoat(dirfd, path, mode); }, {dirfd, path});
}

MEMFILE_EXPORT int symlink(const char* target, const char* path) noexcept {
  return making_anew([&] { return next.symlink(target, path); }, {AT_FDCWD, path});
}

MEMFILE_EXPORT int symlinkat(const char* target, int dirfd, const char* path) noexcept {
  return making_anew([&] { return next.symlinkat(target, dirfd, path); }, {dirfd, path});
}

MEMFILE_EXPORT int mknod(const char* path, mode_t mode, dev_t device) noexcept {
  return making_node(
      "mknod", [&] { return next.mknod(path, mode, device); }, {AT_FDCWD, path}, mode);
}

MEMFILE_EXPORT int mknodat(int dirfd, const char* path, mode_t mode, dev_t device) noexcept {
  return making_node(
      "mknodat", [&] { return next.mknodat(dirfd, path, mode, device); }, {dirfd, path}, mode);
}

MEMFILE_EXPORT int __xmknod(int version, const char* path, mode_t mode, dev_t* device) {
  if (version != node_version) return next.xmknod(version, path, mode, device);
  return making_node(
      "__xmknod", [&] { return next.xmknod(version, path, mode, device); }, {AT_FDCWD, path}, mode);
}

MEMFILE_EXPORT int __xmknodat(int version, int dirfd, const char* path, mode_t mode, dev_t* device) {
  if (version != node_version) return next.xmknodat(version, dirfd, path, mode, device);
  return making_node(
      "__xmknodat", [&] { return next.xmknodat(version, dirfd, path, mode, device); }, {dirfd, path}, mode);
}

MEMFILE_EXPORT int bind(int fd, const sockaddr* address, socklen_t size) noexcept {
  return making_socket([&] { return next.bind(fd, address, size); }, address, size);
}
