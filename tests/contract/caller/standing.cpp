#include "tests/contract/caller/standing.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/kernel.hpp"

namespace memfile::contract {

namespace {

// By raw system calls: as a process without the library sees it.
void clear(const char* path) {
  char target[512] = {};
  kernel::Status status{};
  const bool is_link = kernel::statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, status) == 0 && S_ISLNK(status.stx_mode) &&
                       kernel::readlinkat(AT_FDCWD, path, target, sizeof target - 1) > 0;
  if (is_link && std::strstr(target, "/memfile") != nullptr) (void)kernel::unlinkat(AT_FDCWD, target);
  (void)kernel::unlinkat(AT_FDCWD, path);
  (void)kernel::unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

void must(bool is_done, const char* what) {
  if (is_done) return;
  std::perror(what);
  std::_Exit(2);
}

void put_file(const char* path) {
  const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  must(fd >= 0 && write(fd, "text", 4) == 4, "a file");
  close(fd);
}

void put_dangling(const char* path) {
  put_file(path);
  char target[512] = {};
  if (kernel::readlinkat(AT_FDCWD, path, target, sizeof target - 1) > 0) {
    must(kernel::unlinkat(AT_FDCWD, target) == 0, "a dangling link");
  } else {
    must(kernel::unlinkat(AT_FDCWD, path) == 0, "no file");
  }
}

void put_link(const char* path) {
  std::string target = "/dev/shm/memfile-0/" + std::string(400, 'x');
  must(symlink(target.c_str(), path) == 0, "a link");
}

}  // namespace

const char* name_of(Standing standing) {
  constexpr const char* names[] = {"nothing", "a file", "a folder", "a link", "a dangling link"};
  return names[static_cast<int>(standing)];
}

void clear(Paths paths) {
  clear(paths.path);
  clear(paths.other);
}

void put(Standing standing, Paths paths) {
  clear(paths);
  switch (standing) {
    case Standing::nothing:
      return;
    case Standing::file:
      return put_file(paths.path);
    case Standing::folder:
      return must(mkdir(paths.path, 0750) == 0, "a folder");
    case Standing::link:
      return put_link(paths.path);
    case Standing::dangling:
      return put_dangling(paths.path);
  }
}

}  // namespace memfile::contract
