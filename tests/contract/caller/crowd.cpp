// Many at a time: threads, children of a program with threads, and signal handlers in the middle of the same work.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "tests/contract/caller/checks.hpp"

namespace memfile::contract {

namespace {

constexpr unsigned thread_count = 8;
constexpr unsigned rounds = 100;
constexpr unsigned fork_count = 60;
// What hangs is ended, and is a mistake.
constexpr unsigned most_seconds = 60;

struct Names {
  char path[512];
  char other[512];
};

Names names_of(unsigned worker, Paths paths) {
  Names names;
  std::snprintf(names.path, sizeof names.path, "%u-%s", worker, paths.path);
  std::snprintf(names.other, sizeof names.other, "%u-%s", worker, paths.other);
  return names;
}

bool holds(const char* path, unsigned value) {
  unsigned found = ~value;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const bool is_read = fd >= 0 && read(fd, &found, sizeof found) == sizeof found;
  if (fd >= 0) close(fd);
  return is_read && found == value;
}

bool fails_with(int error, int result) { return result < 0 && errno == error; }

// A file's whole life. The number of things that went otherwise than on a disk. Async-signal-safe.
unsigned live(const Names& names, unsigned value) {
  unsigned mistakes = 0;
  const auto expect = [&](bool is_right) { mistakes += is_right ? 0 : 1; };
  struct stat status {};
  const int fd = open(names.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  expect(fd >= 0 && write(fd, &value, sizeof value) == sizeof value);
  if (fd >= 0) close(fd);
  expect(fails_with(EEXIST, open(names.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640)));
  expect(lstat(names.path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == sizeof value);
  expect(link(names.path, names.other) == 0 && holds(names.other, value));
  expect(unlink(names.path) == 0 && fails_with(ENOENT, lstat(names.path, &status)));
  expect(rename(names.other, names.path) == 0 && holds(names.path, value));
  expect(fails_with(EINVAL, static_cast<int>(readlink(names.path, reinterpret_cast<char*>(&status), sizeof status))));
  expect(unlink(names.path) == 0 && fails_with(ENOENT, unlink(names.path)));
  return mistakes;
}

unsigned live_often(unsigned worker, Paths paths, unsigned times) {
  const Names names = names_of(worker, paths);
  unsigned mistakes = 0;
  for (unsigned i = 0; i < times; ++i) mistakes += live(names, worker * rounds + i);
  return mistakes;
}

std::atomic<bool> is_over{false};

std::vector<std::thread> start_workers(Paths paths, std::atomic<unsigned>& mistakes) {
  std::vector<std::thread> workers;
  for (unsigned worker = 0; worker < thread_count; ++worker) {
    workers.emplace_back([&mistakes, worker, paths] {
      for (unsigned i = 0; i < rounds || !is_over; ++i) mistakes += live_often(worker, paths, 1);
    });
  }
  return workers;
}

Names names_in_handler;
volatile unsigned mistakes_in_handler = 0;
volatile unsigned handled = 0;

void handle(int /*signal*/) {
  const int error = errno;
  mistakes_in_handler = mistakes_in_handler + live(names_in_handler, handled);
  handled = handled + 1;
  errno = error;
}

}  // namespace

int threads(Paths paths) {
  alarm(most_seconds);
  std::atomic<unsigned> mistakes{0};
  is_over = true;
  for (std::thread& worker : start_workers(paths, mistakes)) worker.join();
  std::printf("%u mistakes\n", mistakes.load());
  return 0;
}

int forks(Paths paths) {
  std::atomic<unsigned> mistakes{0};
  std::vector<std::thread> workers = start_workers(paths, mistakes);
  unsigned mistaken_children = 0;
  for (unsigned i = 0; i < fork_count; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      alarm(most_seconds);
      _exit(live_often(thread_count + i, paths, 3) == 0 ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    mistaken_children += status == 0 ? 0 : 1;
  }
  is_over = true;
  for (std::thread& worker : workers) worker.join();
  std::printf("%u mistakes, %u children with mistakes\n", mistakes.load(), mistaken_children);
  return 0;
}

int interrupted(Paths paths) {
  names_in_handler = names_of(thread_count, paths);
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  const itimerval often{{0, 1000}, {0, 1000}};
  setitimer(ITIMER_REAL, &often, nullptr);
  unsigned mistakes = 0;
  for (unsigned i = 0; i < 10 * rounds || handled < rounds; ++i) mistakes += live_often(0, paths, 1);
  const itimerval never{};
  setitimer(ITIMER_REAL, &never, nullptr);
  std::printf("%u mistakes, %u in the handler\n", mistakes, mistakes_in_handler);
  return 0;
}

}  // namespace memfile::contract
