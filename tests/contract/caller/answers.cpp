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

Answer answer_of(const Call& call, Paths paths) {
  errno = mark;
  const long result = call.make(paths);
  return {result, errno};
}

void print_answer(const Call& call, const Answer& answer, const char* about) {
  const char* const name = answer.error == mark ? "kept" : strerrorname_np(answer.error);
  std::printf("%s, %s: %s, errno %s\n", call.name, about, answer.result < 0 ? "failed" : "done",
              name == nullptr ? "?" : name);
}

int answers(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    print_answer(call, answer_of(call, paths), name_of(standing));
  });
  return 0;
}

}  // namespace memfile::contract
