// Where else a program may be when it makes a call: in a signal handler on a small stack, in a vfork child, behind a
// fork of a program whose other threads were in the middle of one.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

constexpr std::size_t page_size = 4096;
constexpr std::size_t small_stack = 8192;
// What a handler may leave to the call, whatever the processor: frames of those with AVX-512 take over 3 KiB.
constexpr int signal_number = SIGUSR1;

const Call* to_make;
Paths with;
Answer given;

void handle(int /*signal*/) { given = answer_of(*to_make, with); }

// An alternate stack below which nothing can be written.
void use_small_stack() {
  void* const memory = mmap(nullptr, page_size + small_stack, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char* const bottom = static_cast<char*>(memory) + page_size;
  stack_t stack{};
  stack.ss_sp = bottom;
  stack.ss_size = small_stack;
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_ONSTACK;
  const bool is_used = memory != MAP_FAILED && mprotect(bottom, small_stack, PROT_READ | PROT_WRITE) == 0 &&
                       sigaltstack(&stack, nullptr) == 0 && sigaction(signal_number, &action, nullptr) == 0;
  if (!is_used) _exit(2);
}

// In a process that makes no other call.
void handle_first_call(const Call& call, Standing standing, Paths paths) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    use_small_stack();
    to_make = &call;
    with = paths;
    raise(signal_number);
    print_answer(call, given, name_of(standing));
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) std::printf("%s, %s: signal %d\n", call.name, name_of(standing), WTERMSIG(status));
}

// The child runs in this very frame, as vfork's do.
__attribute__((noinline)) void make_in_vfork_child(const Call& call, Paths paths) {
  const pid_t child = vfork();
  if (child == 0) {
    given = answer_of(call, paths);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

}  // namespace

int in_handler(Paths paths) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  with_each_call(paths, [&](const Call& call, Standing standing) { handle_first_call(call, standing, paths); });
  return 0;
}

int in_vfork_child(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    make_in_vfork_child(call, paths);
    print_answer(call, given, name_of(standing));
  });
  return 0;
}

}  // namespace memfile::contract
