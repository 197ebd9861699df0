#include "preload/hooks/executing.hpp"

#include <cstring>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "preload/environment.hpp"
#include "preload/executable.hpp"
#include "preload/mapping.hpp"
#include "preload/symbols.hpp"
#include "preload/target.hpp"

namespace memfile::preload {

namespace {

// An exec that succeeds never comes back, and a vfork child shares its parent's memory: what it maps stays there.
// A stack does not mind. Only an environment larger than this, about 130 variables, costs such a parent its pages.
constexpr std::size_t most_on_stack = 1536;

// Bytes of an array of the arguments and the nullptr behind them.
std::size_t array_size(const char* first, va_list arguments) {
  std::size_t count = 1;
  for (const char* argument = first; argument != nullptr; argument = va_arg(arguments, char*)) ++count;
  return count * sizeof(char*);
}

void fill_array(char** argv, const char* first, va_list arguments) {
  *argv = const_cast<char*>(first);
  while (*argv != nullptr) *++argv = va_arg(arguments, char*);
}

// What execle has behind the nullptr.
char* const* environment_behind(const char* first, va_list arguments) {
  while (first != nullptr) first = va_arg(arguments, char*);
  return va_arg(arguments, char* const*);
}

int executing(const char* path, char* const* argv) {
  const auto execute = [&](char* const* environment) {
    return environment == environ ? next.execv(path, argv) : next.execve(path, argv, environment);
  };
  return call_for_execution([&] { return with_environment(environ, execute); }, {AT_FDCWD, path});
}

int executing_in(const char* path, char* const* argv, char* const* theirs) {
  const auto execute = [&](char* const* environment) { return next.execve(path, argv, environment); };
  return call_for_execution([&] { return with_environment(theirs, execute); }, {AT_FDCWD, path});
}

int executing_by_name(const char* file, char* const* argv) {
  const auto execute = [&](char* const* environment) {
    return environment == environ ? next.execvp(file, argv) : next.execvpe(file, argv, environment);
  };
  return call_for_execution([&] { return with_environment(environ, execute); }, file);
}

int executing_by_name_in(const char* file, char* const* argv, char* const* theirs) {
  const auto execute = [&](char* const* environment) { return next.execvpe(file, argv, environment); };
  return call_for_execution([&] { return with_environment(theirs, execute); }, file);
}

__attribute__((noinline)) int with_completed_environment(char* const* theirs, FunctionRef<int(char* const*)> start) {
  const ChildEnvironment child(theirs);
  if (child.size() <= most_on_stack) {
    void* const memory = __builtin_alloca(child.size());
    return start(child.build(memory));
  }
  const Mapping memory(child.size());
  return start(memory.get() == nullptr ? theirs : child.build(memory.get()));
}

}  // namespace

int with_environment(char* const* theirs, FunctionRef<int(char* const*)> start) {
  return ChildEnvironment::is_complete(theirs) ? start(theirs) : with_completed_environment(theirs, start);
}

}  // namespace memfile::preload

using namespace memfile::preload;

MEMFILE_EXPORT int execve(const char* path, char* const argv[], char* const envp[]) noexcept {
  return executing_in(path, argv, envp);
}

MEMFILE_EXPORT int execv(const char* path, char* const argv[]) noexcept { return executing(path, argv); }

MEMFILE_EXPORT int execvp(const char* file, char* const argv[]) noexcept { return executing_by_name(file, argv); }

MEMFILE_EXPORT int execvpe(const char* file, char* const argv[], char* const envp[]) noexcept {
  return executing_by_name_in(file, argv, envp);
}

// The arrays of the next three are on the stack, as libc's are, and for the reason above: hence alloca.
MEMFILE_EXPORT int execl(const char* path, const char* first, ...) noexcept {
  va_list arguments;
  va_start(arguments, first);
  auto** const argv = static_cast<char**>(__builtin_alloca(array_size(first, arguments)));
  va_end(arguments);
  va_start(arguments, first);
  fill_array(argv, first, arguments);
  va_end(arguments);
  return executing(path, argv);
}

MEMFILE_EXPORT int execlp(const char* file, const char* first, ...) noexcept {
  va_list arguments;
  va_start(arguments, first);
  auto** const argv = static_cast<char**>(__builtin_alloca(array_size(first, arguments)));
  va_end(arguments);
  va_start(arguments, first);
  fill_array(argv, first, arguments);
  va_end(arguments);
  return executing_by_name(file, argv);
}

MEMFILE_EXPORT int execle(const char* path, const char* first, ...) noexcept {
  va_list arguments;
  va_start(arguments, first);
  auto** const argv = static_cast<char**>(__builtin_alloca(array_size(first, arguments)));
  va_end(arguments);
  va_start(arguments, first);
  fill_array(argv, first, arguments);
  va_end(arguments);
  va_start(arguments, first);
  char* const* const envp = environment_behind(first, arguments);
  va_end(arguments);
  return executing_in(path, argv, envp);
}

MEMFILE_EXPORT int fexecve(int fd, char* const argv[], char* const envp[]) noexcept {
  if (envp == nullptr) return next.fexecve(fd, argv, envp);  // EINVAL, to libc
  return with_environment(envp, [&](char* const* environment) { return next.fexecve(fd, argv, environment); });
}

MEMFILE_EXPORT int execveat(int dirfd, const char* path, char* const argv[], char* const envp[], int flags) noexcept {
  const auto execute = [&](char* const* environment) {
    const auto real = [&](memfile::store::At at) { return next.execveat(at.dirfd, at.path, argv, environment, flags); };
    return (flags & AT_SYMLINK_NOFOLLOW) != 0 ? acting_on_target(real, {dirfd, path}) : real({dirfd, path});
  };
  return call_for_execution([&] { return with_environment(envp, execute); }, {dirfd, path});
}
