// Threads that are cancelled in the middle of a call, or on its threshold.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "store/kernel.hpp"
#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

const Call* to_make;
Paths with;

void* make_cancelled(void* /*unused*/) {
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  pthread_cancel(pthread_self());
  pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr);
  (void)to_make->make(with);
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  return nullptr;
}

bool stands_at(const char* path) {
  kernel::Status status{};
  return kernel::statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, status) == 0;
}

pthread_t start(void* (*run)(void*), const void* argument) {
  pthread_t thread{};
  if (pthread_create(&thread, nullptr, run, const_cast<void*>(argument)) != 0) _exit(2);
  return thread;
}

bool is_cancelled(pthread_t thread) {
  void* result = nullptr;
  pthread_join(thread, &result);
  return result == PTHREAD_CANCELED;
}

constexpr int thread_count = 40;

// Creates a file and removes it, until it is cancelled in open.
void* create_and_remove(void* argument) {
  const auto* const path = static_cast<const char*>(argument);
  for (;;) {
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr);
    const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
    if (fd >= 0) close(fd);
    unlink(path);
  }
}

std::atomic<int> waiting{0};

void* open_leased(void* argument) {
  const auto* const path = static_cast<const char*>(argument);
  for (;;) {
    ++waiting;
    const int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (fd >= 0) close(fd);
  }
}

// A process that holds a lease on the file until it is ended: whoever opens the file waits.
pid_t lease(const char* path) {
  int ready[2];
  if (pipe(ready) != 0) _exit(2);
  const pid_t holder = fork();
  if (holder == 0) {
    std::signal(SIGIO, SIG_IGN);
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fcntl(fd, F_SETLEASE, F_WRLCK) != 0) _exit(3);
    (void)!write(ready[1], "r", 1);
    for (;;) pause();
  }
  char byte = 0;
  close(ready[1]);
  if (read(ready[0], &byte, 1) != 1) _exit(2);
  close(ready[0]);
  return holder;
}

// Memory that is mapped for a call is touched for the first time in it.
long faults_of(const char* path) {
  rusage before{};
  rusage after{};
  constexpr int calls = 20;
  for (int i = 0; i < 2 * calls; ++i) {
    if (i == calls) getrusage(RUSAGE_SELF, &before);
    (void)closed(open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0640));
  }
  getrusage(RUSAGE_SELF, &after);
  return after.ru_minflt - before.ru_minflt;
}

}  // namespace

int cancelled_before(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    to_make = &call;
    with = paths;
    const char* const end = is_cancelled(start(make_cancelled, nullptr)) ? "cancelled" : "came back";
    std::printf("%s, %s: %s, %s there\n", call.name, name_of(standing), end,
                standing == Standing::dangling ? "whatever is"
                : stands_at(paths.path)        ? "something is"
                                               : "nothing is");
  });
  return 0;
}

int cancelled_at_random(Paths paths) {
  put(Standing::nothing, paths);
  (void)closed(open(paths.path, O_RDWR | O_CREAT, 0640));  // what is looked up at first use
  const int lowest = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(lowest);
  std::vector<pthread_t> threads(thread_count);
  for (pthread_t& thread : threads) thread = start(create_and_remove, paths.path);
  for (const pthread_t thread : threads) {
    usleep(1000);
    pthread_cancel(thread);
  }
  for (const pthread_t thread : threads) std::printf("%s\n", is_cancelled(thread) ? "cancelled" : "came back");
  unlink(paths.path);
  const int lowest_now = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(lowest_now);
  std::printf("%d descriptors left\n", lowest_now - lowest);
  return 0;
}

int cancelled_while_waiting(Paths paths) {
  put(Standing::file, paths);
  const pid_t holder = lease(paths.path);
  std::vector<pthread_t> threads(thread_count);
  for (pthread_t& thread : threads) thread = start(open_leased, paths.path);
  while (waiting < thread_count) usleep(1000);
  usleep(100'000);
  for (const pthread_t thread : threads) pthread_cancel(thread);
  usleep(100'000);
  kill(holder, SIGTERM);
  waitpid(holder, nullptr, 0);
  for (const pthread_t thread : threads) std::printf("%s\n", is_cancelled(thread) ? "cancelled" : "came back");
  std::printf("%ld new pages\n", faults_of(paths.path));
  clear(paths);
  return 0;
}

}  // namespace memfile::contract
