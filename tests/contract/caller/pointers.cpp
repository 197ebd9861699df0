// Paths that no program should pass, and some do. Each call is made in a process of its own: libc does not survive all
// of them either.
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

constexpr std::size_t page_size = 4096;

// The last bytes before memory that cannot be read.
char* end_of_memory() {
  void* const pages = mmap(nullptr, 2 * page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char* const end = static_cast<char*>(pages) + page_size;
  if (pages == MAP_FAILED || mprotect(end, page_size, PROT_NONE) != 0) std::_Exit(2);
  return end;
}

struct Pointer {
  const char* what;
  const char* path;
};

// Leads to `name` by as many detours as it takes to be `size` bytes long.
const char* detour(const char* name, std::size_t size) {
  auto* const path = new std::string(name);
  while (path->size() + 2 <= size) *path = "./" + *path;
  if (path->size() < size) *path = path->insert(path->rfind('/') + 1, "/");
  return path->c_str();
}

std::vector<Pointer> pointers(const char* name) {
  static char* const end = end_of_memory();
  std::memset(end - 8, 'x', 8);
  static char* const whole_end = end_of_memory();
  std::strcpy(whole_end - std::strlen(name) - 1, name);
  static const std::string slash = std::string(name) + "/";
  static const std::string too_long_name = std::string(NAME_MAX - 3, 'n') + ".ram";
  static const std::string below = std::string(name) + "/below.ram";
  return {{"NULL", nullptr},
          {"16", reinterpret_cast<const char*>(16)},
          {"an address of the kernel's", reinterpret_cast<const char*>(0xffff800000000000UL)},
          {"no end", end - 8},
          {"the end of memory", whole_end - std::strlen(name) - 1},
          {"nothing", ""},
          {"a slash behind it", slash.c_str()},
          {"a file for a folder", below.c_str()},
          {"a name that is too long", too_long_name.c_str()},
          {"PATH_MAX - 1 bytes", detour(name, PATH_MAX - 1)},
          {"PATH_MAX bytes", detour(name, PATH_MAX)},
          {"two PATH_MAX", detour(name, std::size_t{2} * PATH_MAX)}};
}

void try_with(const Call& call, const Pointer& pointer, Paths paths) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    print_answer(call, answer_of(call, {pointer.path, paths.other}), pointer.what);
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) std::printf("%s, %s: signal %d\n", call.name, pointer.what, WTERMSIG(status));
}

}  // namespace

int bad_pointers(Paths paths) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  for (const Call& call : all_calls()) {
    for (const Pointer& pointer : pointers(paths.path)) {
      put(Standing::file, paths);
      try_with(call, pointer, paths);
    }
  }
  clear(paths);
  return 0;
}

}  // namespace memfile::contract
