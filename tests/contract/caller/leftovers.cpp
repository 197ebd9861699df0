// What a call leaves behind, or takes, that is not to be seen in its result: heap, descriptors, locks.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fcntl.h>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

constexpr int most_descriptors = 64;

// Those that are open, as bits.
unsigned long open_descriptors() {
  unsigned long open = 0;
  for (int fd = 0; fd < most_descriptors; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) open |= 1UL << fd;
  }
  return open;
}

struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

// Another process has to be asked: to its owner a lock is none.
bool is_locked(int fd) {
  const pid_t child = fork();
  if (child == 0) {
    struct flock lock = whole_file();
    _exit(fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

// What /proc tells of the process's threads and signals.
std::string signal_state() {
  static char text[8192];
  const int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  const ssize_t size = read(fd, text, sizeof text);
  close(fd);
  std::istringstream lines(std::string(text, static_cast<std::size_t>(std::max<ssize_t>(size, 0))));
  std::string found;
  for (std::string line; std::getline(lines, line);) {
    const bool is_told = line.starts_with("Threads:") || line.starts_with("SigPnd:") || line.starts_with("ShdPnd:") ||
                         line.starts_with("SigBlk:") || line.starts_with("SigIgn:") || line.starts_with("SigCgt:");
    if (is_told) found += line + "\n";
  }
  return found;
}

}  // namespace

int heap(Paths paths) {
  const auto& count = *static_cast<std::atomic<long>*>(symbol("allocation_count"));
  with_each_call(paths, [&](const Call& call, Standing standing) {
    (void)call.make(paths);  // symbols are looked up, once
    put(standing, paths);
    const long before = count;
    (void)call.make(paths);
    std::printf("%ld %s, %s\n", count - before, call.name, name_of(standing));
  });
  return 0;
}

int descriptors(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    const unsigned long before = open_descriptors();
    (void)call.make(paths);
    const unsigned long after = open_descriptors();
    if (after != before) std::printf("%s, %s: %lx, was %lx\n", call.name, name_of(standing), after, before);
  });
  std::printf("done\n");
  return 0;
}

int signals(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    const std::string before = signal_state();
    (void)call.make(paths);
    const std::string after = signal_state();
    if (after != before)
      std::printf("%s, %s:\n%swas:\n%s", call.name, name_of(standing), after.c_str(), before.c_str());
  });
  std::printf("done\n");
  return 0;
}

int locks(Paths paths) {
  for (const Call& call : all_calls()) {
    put(Standing::file, paths);
    const int fd = open(paths.path, O_RDWR | O_CLOEXEC);
    struct flock lock = whole_file();
    if (fcntl(fd, F_SETLK, &lock) != 0 || !is_locked(fd)) return 1;
    (void)call.make(paths);
    std::printf("%s: %s\n", call.name, is_locked(fd) ? "kept" : "lost");
    close(fd);
  }
  clear(paths);
  return 0;
}

}  // namespace memfile::contract
