// What each call says: its result and errno, as a line.
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

// Before each call: one that succeeds leaves errno alone.
constexpr int mark = 4321;

}  // namespace

void print_answer(const Call& call, Paths paths, const char* about) {
  errno = mark;
  const long result = call.make(paths);
  const int error = errno;
  const char* const name = error == mark ? "kept" : strerrorname_np(error);
  std::printf("%s, %s: %s, errno %s\n", call.name, about, result < 0 ? "failed" : "done", name == nullptr ? "?" : name);
}

int answers(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) { print_answer(call, paths, name_of(standing)); });
  return 0;
}

}  // namespace memfile::contract
