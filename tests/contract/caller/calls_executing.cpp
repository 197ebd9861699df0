// Executing. No path that is tried here has an x bit: an exec comes back, and says so.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

namespace {

char word[] = "word";
char* const words[] = {word, nullptr};

// One that fits onto the stack, and one that does not.
char variable[] = "VARIABLE=value";
template <std::size_t count>
struct Variables {
  char* entries[count + 1];
  Variables() {
    for (char*& entry : entries) entry = variable;
    entries[count] = nullptr;
  }
};

long failed_with(int error) {
  errno = error;
  return error == 0 ? 0 : -1;
}

using Spawn = decltype(::posix_spawn);

long spawned(Spawn* call, Paths p) {
  pid_t child = -1;
  const int error = call(&child, p.path, nullptr, nullptr, words, environ);
  if (error == 0) waitpid(child, nullptr, 0);
  return failed_with(error);
}

template <class Add>
long added(const Add& add) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const int error = add(actions);
  posix_spawn_file_actions_destroy(&actions);
  return failed_with(error);
}

long executed(Paths p) {
  const int fd = open(p.path, O_RDONLY | O_CLOEXEC);
  const long result = fexecve(fd, words, environ);
  (void)closed(fd);
  return result;
}

long piped(decltype(::popen)* call) {
  FILE* const stream = call("true", "r");
  return stream == nullptr ? -1 : pclose(stream);
}

// With a slash ld.so does not search.
template <class Load>
long loaded(Paths p, const Load& load) {
  static char path[8192];
  std::snprintf(path, sizeof path, "%s%s", p.path[0] == '/' ? "" : "./", p.path);
  void* const object = load(path);
  if (object != nullptr) dlclose(object);
  return object == nullptr ? -1 : 0;
}

}  // namespace

const std::vector<Call>& executing_calls() {
  static auto* const io_popen = symbol_as<decltype(::popen)>("_IO_popen");
  static const Variables<0> no_variables;
  static const Variables<100> some_variables;
  static const Variables<1000> many_variables;
  static const std::vector<Call> calls{
      {"execve", [](Paths p) -> long { return execve(p.path, words, environ); }},
      {"execve with nothing", [](Paths p) -> long { return execve(p.path, words, no_variables.entries); }},
      {"execve with much", [](Paths p) -> long { return execve(p.path, words, some_variables.entries); }},
      {"execve with too much", [](Paths p) -> long { return execve(p.path, words, many_variables.entries); }},
      {"execv", [](Paths p) -> long { return execv(p.path, words); }},
      {"execvp", [](Paths p) -> long { return execvp(p.path, words); }},
      {"execvpe", [](Paths p) -> long { return execvpe(p.path, words, environ); }},
      {"execl", [](Paths p) -> long { return execl(p.path, word, nullptr); }},
      {"execlp", [](Paths p) -> long { return execlp(p.path, word, nullptr); }},
      {"execle", [](Paths p) -> long { return execle(p.path, word, nullptr, environ); }},
      {"fexecve", executed},
      {"execveat", [](Paths p) -> long { return execveat(AT_FDCWD, p.path, words, environ, AT_SYMLINK_NOFOLLOW); }},
      {"posix_spawn", [](Paths p) { return spawned(&::posix_spawn, p); }},
      {"posix_spawnp", [](Paths p) { return spawned(&::posix_spawnp, p); }},
      {"posix_spawn_file_actions_addopen",
       [](Paths p) {
         return added([&](auto& a) { return posix_spawn_file_actions_addopen(&a, 1, p.path, O_RDWR | O_CREAT, 0640); });
       }},
      {"posix_spawn_file_actions_addfchdir_np",
       [](Paths) { return added([](auto& a) { return posix_spawn_file_actions_addfchdir_np(&a, 1); }); }},
      {"posix_spawn_file_actions_addchdir_np",
       [](Paths) { return added([](auto& a) { return posix_spawn_file_actions_addchdir_np(&a, "."); }); }},
      {"dlopen", [](Paths p) { return loaded(p, [](const char* path) { return dlopen(path, RTLD_NOW); }); }},
      {"dlmopen",
       [](Paths p) { return loaded(p, [](const char* path) { return dlmopen(LM_ID_BASE, path, RTLD_NOW); }); }},
      {"system", [](Paths) -> long { return std::system("true"); }},
      {"popen", [](Paths) { return piped(&::popen); }},
      {"_IO_popen", [](Paths) { return piped(io_popen); }},
  };
  return calls;
}

}  // namespace memfile::contract
