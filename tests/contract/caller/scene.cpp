#include "tests/contract/caller/scene.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/kernel.hpp"

namespace memfile::contract {

namespace {

void must(bool is_done, const char* what) {
  if (is_done) return;
  std::perror(what);
  std::_Exit(2);
}

std::string second_of(const std::string& path) { return path + ".second"; }
std::string target_of(const std::string& path) { return path + ".target.ram"; }
std::string inner_of(const std::string& path) { return path + "/inner.ram"; }

void put_file(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  must(fd >= 0 && write(fd, path.data(), path.size()) == static_cast<ssize_t>(path.size()), "a file");
  close(fd);
}

void put_file_on_disk(const std::string& path) {
  const int fd = kernel::openat(AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  must(fd >= 0 && kernel::write(fd, path.data(), path.size()) > 0, "a file on disk");
  kernel::close(fd);
}

// What the link says; nothing, where no link stands.
std::string link_at(const std::string& path) {
  char target[4096];
  const ssize_t size = kernel::readlinkat(AT_FDCWD, path.c_str(), target, sizeof target);
  return size < 0 ? std::string() : std::string(target, static_cast<std::size_t>(size));
}

void put_dangling(const std::string& path) {
  put_file(path);
  const std::string ram = link_at(path);
  must(kernel::unlinkat(AT_FDCWD, ram.empty() ? path.c_str() : ram.c_str()) == 0, "a dangling link");
}

void put_link(const std::string& path) { must(symlink(target_of(path).c_str(), path.c_str()) == 0, "a link"); }
void put_folder(const std::string& path) { must(mkdir(path.c_str(), 0750) == 0, "a folder"); }

// As a program does it, so that whoever else is preloaded hears of it; then what that does not see.
void take_away_one(const std::string& path) {
  if (unlink(path.c_str()) != 0) (void)rmdir(path.c_str());
  const std::string target = link_at(path);
  if (target.find("/memfile") != std::string::npos) (void)kernel::unlinkat(AT_FDCWD, target.c_str());
  if (!target.empty()) (void)kernel::unlinkat(AT_FDCWD, path.c_str());
}

std::string sight_of_one(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return errno == ENOENT || errno == ENOTDIR ? "" : strerrorname_np(errno);
  char text[200];
  std::snprintf(text, sizeof text, "%o size %ld nlink %lu", status.st_mode,
                S_ISDIR(status.st_mode) ? 0L : static_cast<long>(status.st_size),
                static_cast<unsigned long>(status.st_nlink));
  char beginning[24];
  ssize_t size = 0;
  if (S_ISLNK(status.st_mode)) size = readlink(path.c_str(), beginning, sizeof beginning);
  if (S_ISREG(status.st_mode)) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    size = fd < 0 ? -1 : read(fd, beginning, sizeof beginning);
    if (fd >= 0) close(fd);
  }
  return text + (size < 0 ? " unread" : " '" + std::string(beginning, static_cast<std::size_t>(size)) + "'");
}

}  // namespace

const char* name_of(Scene scene) {
  constexpr const char* names[] = {"nothing",
                                   "a file",
                                   "a lone file",
                                   "a file on disk",
                                   "a dangling link",
                                   "a folder",
                                   "a full folder",
                                   "a folder of remains",
                                   "a link to a file",
                                   "a link to nothing",
                                   "a link to what dangles",
                                   "a link to a folder",
                                   "a fifo"};
  return names[static_cast<int>(scene)];
}

void put(Scene scene, const char* path) {
  switch (scene) {
    case Scene::nothing:
      return;
    case Scene::file:
      put_file(path);
      return must(link(path, second_of(path).c_str()) == 0, "a second name");
    case Scene::lone_file:
      return put_file(path);
    case Scene::file_on_disk:
      return put_file_on_disk(path);
    case Scene::dangling:
      return put_dangling(path);
    case Scene::folder:
      return put_folder(path);
    case Scene::full_folder:
      put_folder(path);
      return put_file(inner_of(path));
    case Scene::folder_of_remains:
      put_folder(path);
      return put_dangling(inner_of(path));
    case Scene::link_to_file:
      put_file(target_of(path));
      return put_link(path);
    case Scene::link_to_nothing:
      return put_link(path);
    case Scene::link_to_dangling:
      put_dangling(target_of(path));
      return put_link(path);
    case Scene::link_to_folder:
      put_folder(target_of(path));
      return put_link(path);
    case Scene::fifo:
      return must(mkfifo(path, 0640) == 0, "a fifo");
  }
}

void take_away(const char* path) {
  const std::string target = target_of(path);
  // The call may have closed a folder.
  for (const std::string& each : {std::string(path), target}) (void)chmod(each.c_str(), 0750);
  for (const std::string& each : {inner_of(path), std::string(path), second_of(path), inner_of(target), target})
    take_away_one(each);
}

std::string sight_of(const char* path) {
  const std::string target = target_of(path);
  std::string text;
  for (const std::string& each : {std::string(path), inner_of(path), second_of(path), target, inner_of(target)}) {
    const std::string one = sight_of_one(each);
    if (!one.empty()) text += (text.empty() ? "" : ", ") + each + " " + one;
  }
  return text.empty() ? "nothing" : text;
}

std::string outcome_of(long result, int error) {
  const char* const name = error == mark ? "kept" : strerrorname_np(error);
  return (result < 0 ? "failed" : "done") + std::string(", errno ") + (name == nullptr ? "?" : name);
}

}  // namespace memfile::contract
