// Commands for the shell. libc starts it inside, with `environ` as it stands: where the program has taken the library
// out of that, a completed one stands in for it during the call. Another thread that changes the environment meanwhile
// keeps the completed one, and one that reads it may see that.
#include <atomic>
#include <cerrno>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "preload/environment.hpp"
#include "preload/function_ref.hpp"
#include "preload/mapping.hpp"
#include "preload/symbols.hpp"

namespace memfile::preload {

namespace {

// The memory of a completed environment; its size is in front.
struct Completed {
  std::size_t size;
  char* environment[1];
};

// Taken back at the next turn only: another thread may be reading it still.
constinit std::atomic<Completed*> retired{nullptr};

void retire(Completed* completed) {
  Completed* const former = retired.exchange(completed, std::memory_order_acq_rel);
  if (former != nullptr) Mapping::unmap(former, former->size);
}

__attribute__((noinline)) void with_completed_environ(FunctionRef<void()> start) {
  const ChildEnvironment child(environ);
  const std::size_t size = sizeof(std::size_t) + child.size();
  Mapping memory(size);
  if (memory.get() == nullptr) return start();
  auto* const completed = static_cast<Completed*>(memory.get());
  memory.release();
  completed->size = size;
  char** const theirs = environ;
  char** const built = child.build(completed->environment);
  environ = built;
  start();
  if (environ != built) return;  // somebody else's by now, and in use
  environ = theirs;
  retire(completed);
}

void with_environ(FunctionRef<void()> start) {
  if (ChildEnvironment::is_complete(environ)) return start();
  with_completed_environ(start);
}

FILE* opening_pipe(FunctionRef<FILE*()> real) {
  FILE* stream = nullptr;
  with_environ([&] { stream = real(); });
  return stream;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::opening_pipe;
using memfile::preload::with_environ;

MEMFILE_EXPORT int system(const char* command) {
  if (command == nullptr) return next.system(command);
  int status = -1;
  with_environ([&] { status = next.system(command); });
  return status;
}

MEMFILE_EXPORT FILE* popen(const char* command, const char* mode) {
  return opening_pipe([&] { return next.popen(command, mode); });
}

MEMFILE_EXPORT FILE* _IO_popen(const char* command, const char* mode) {
  return opening_pipe([&] { return next.io_popen(command, mode); });
}
