// What each call says: its result and errno, as a line.
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/scene.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

Answer answer_of(const Call& call, Paths paths) {
  errno = mark;
  const long result = call.make(paths);
  return {result, errno};
}

void print_answer(const Call& call, const Answer& answer, const char* about) {
  std::printf("%s, %s: %s\n", call.name, about, outcome_of(answer.result, answer.error).c_str());
}

int answers(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    print_answer(call, answer_of(call, paths), name_of(standing));
  });
  return 0;
}

}  // namespace memfile::contract
