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

// First as a program does it, so that whoever else is preloaded hears of it; then what that does not see.
void clear(const char* path) {
  if (unlink(path) != 0) (void)rmdir(path);
  char target[512] = {};
  const bool is_link = kernel::readlinkat(AT_FDCWD, path, target, sizeof target - 1) > 0;
  if (is_link && std::strstr(target, "/memfile") != nullptr) (void)kernel::unlinkat(AT_FDCWD, target);
  if (is_link) (void)kernel::unlinkat(AT_FDCWD, path);
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
