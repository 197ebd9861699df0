// Calls in all combinations: open's flags, what is renamed or linked to what, and each call about each thing that may
// stand at its path. Each line says how the call ended and what a program sees afterwards.
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/scene.hpp"

namespace memfile::contract {

namespace {

constexpr int nameless = O_TMPFILE & ~O_DIRECTORY;  // the bit of it that is its own

struct Flag {
  int bit;
  const char* name;
};
constexpr Flag opening_flags[] = {{O_CREAT, "creat"},   {O_EXCL, "excl"},         {O_TRUNC, "trunc"},
                                  {O_APPEND, "append"}, {O_NOFOLLOW, "nofollow"}, {O_DIRECTORY, "directory"},
                                  {O_PATH, "path"},     {O_DIRECT, "direct"},     {nameless, "nameless"}};
constexpr unsigned opening_sets = 1U << (sizeof opening_flags / sizeof opening_flags[0]);

int flags_of(unsigned set, std::string& names) {
  int flags = 0;
  for (unsigned i = 0; (1U << i) < opening_sets; ++i) {
    if ((set >> i & 1U) == 0) continue;
    flags |= opening_flags[i].bit;
    names += std::string("|") + opening_flags[i].name;
  }
  return flags;
}

// What is open, and what a write to it does. Which writes are aligned is the file system's to say.
std::string sight_of_opened(int fd) {
  struct stat status {};
  if (fd < 0 || fstat(fd, &status) != 0) return "";
  const int flags = fcntl(fd, F_GETFL);
  char text[100];
  std::snprintf(text, sizeof text, ", %o size %ld flags %x", status.st_mode,
                S_ISDIR(status.st_mode) ? 0L : static_cast<long>(status.st_size),
                static_cast<unsigned>(flags & ~(O_DIRECT | O_LARGEFILE)));
  if ((flags & O_DIRECT) != 0 || !S_ISREG(status.st_mode)) return text;
  errno = mark;
  const ssize_t written = write(fd, "+", 1);
  return text + std::string(", write ") + outcome_of(written, errno);
}

void open_with(const Paths& paths, Scene scene, int access, unsigned set) {
  static constexpr const char* accesses[] = {"rdonly", "wronly", "rdwr"};
  std::string names = accesses[access];
  const int flags = flags_of(set, names) | access | O_CLOEXEC | (scene == Scene::fifo ? O_NONBLOCK : 0);
  put(scene, paths.path);
  errno = mark;
  const int fd = open(paths.path, flags, 0640);
  const std::string outcome = outcome_of(fd, errno);
  const std::string opened = sight_of_opened(fd);
  if (fd >= 0) close(fd);
  std::printf("%s, %s: %s%s; %s\n", names.c_str(), name_of(scene), outcome.c_str(), opened.c_str(),
              sight_of(paths.path).c_str());
  take_away(paths.path);
}

enum class Held { neither, first, second };
constexpr Held holds[] = {Held::neither, Held::first, Held::second};

// A descriptor of what stands at the path, where it can be opened.
int hold(const char* path) {
  const int fd = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  return fd >= 0 ? fd : open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
}

// What the descriptor is of by now: what is written to it is seen by its names.
std::string touched(int fd) {
  struct stat status {};
  if (fd < 0 || fstat(fd, &status) != 0) return "";
  if (S_ISREG(status.st_mode) && pwrite(fd, "#", 1, 0) != 1) return ", not written";
  return ", held nlink " + std::to_string(status.st_nlink);
}

// A call that takes two paths, about any two things.
template <class Call>
void with_two(const char* name, const Paths& paths, Held held, const Call& call) {
  static constexpr const char* held_names[] = {"", ", the first open", ", the second open"};
  for (const Scene first : scenes) {
    for (const Scene second : scenes) {
      put(first, paths.path);
      put(second, paths.other);
      const int fd = held == Held::neither ? -1 : hold(held == Held::first ? paths.path : paths.other);
      errno = mark;
      const long result = call();
      const std::string outcome = outcome_of(result, errno);
      const std::string descriptor = touched(fd);
      std::printf("%s, %s, %s%s: %s%s; %s; %s\n", name, name_of(first), name_of(second),
                  held_names[static_cast<int>(held)], outcome.c_str(), descriptor.c_str(), sight_of(paths.path).c_str(),
                  sight_of(paths.other).c_str());
      if (fd >= 0) close(fd);
      take_away(paths.path);
      take_away(paths.other);
    }
  }
}

long link_by_descriptor(const Paths& paths, bool is_named) {
  const int fd = open(paths.path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  char path[40];
  std::snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  errno = mark;
  const int result = is_named ? linkat(AT_FDCWD, path, AT_FDCWD, paths.other, AT_SYMLINK_FOLLOW)
                              : linkat(fd, "", AT_FDCWD, paths.other, AT_EMPTY_PATH);
  (void)closed(fd);
  return result;
}

}  // namespace

int openings(Paths paths) {
  umask(022);
  for (const Scene scene : scenes) {
    const bool is_like_folder = scene == Scene::full_folder || scene == Scene::folder_of_remains;
    if (scene == Scene::lone_file || is_like_folder) continue;  // to open they are what others are
    for (int access = O_RDONLY; access <= O_RDWR; ++access) {
      for (unsigned set = 0; set < opening_sets; ++set) open_with(paths, scene, access, set);
    }
  }
  return 0;
}

int renamings(Paths paths) {
  static constexpr const char* names[] = {"rename", "noreplace", "exchange", "noreplace and exchange", "whiteout"};
  umask(022);
  for (unsigned flags = 0; flags < 5; ++flags) {
    for (const Held held : holds) {
      with_two(names[flags], paths, held,
               [&]() -> long { return renameat2(AT_FDCWD, paths.path, AT_FDCWD, paths.other, flags); });
    }
  }
  return 0;
}

int linkings(Paths paths) {
  umask(022);
  for (const int flags : {0, AT_SYMLINK_FOLLOW}) {
    with_two(flags == 0 ? "linkat" : "linkat, followed", paths, Held::first,
             [&]() -> long { return linkat(AT_FDCWD, paths.path, AT_FDCWD, paths.other, flags); });
  }
  with_two("linkat of a descriptor", paths, Held::neither, [&] { return link_by_descriptor(paths, false); });
  with_two("linkat of /proc's link", paths, Held::neither, [&] { return link_by_descriptor(paths, true); });
  return 0;
}

int effects(Paths paths) {
  umask(022);
  for (const Call& call : all_calls()) {
    if (std::string_view(call.name) == "posix_spawn_file_actions_addopen") continue;  // see docs/limits.md
    for (const Scene scene : scenes) {
      if (scene == Scene::fifo) continue;  // whoever opens it waits
      put(scene, paths.path);
      const Answer answer = answer_of(call, paths);
      std::printf("%s, %s: %s; %s; %s\n", call.name, name_of(scene), outcome_of(answer.result, answer.error).c_str(),
                  sight_of(paths.path).c_str(), sight_of(paths.other).c_str());
      take_away(paths.path);
      take_away(paths.other);
    }
  }
  return 0;
}

}  // namespace memfile::contract
