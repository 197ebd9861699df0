// bench_subject NAME ARGUMENT...: prints the nanoseconds that one operation of a subject takes.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "tests/bench/subjects.hpp"
#include "tests/bench/timing.hpp"

namespace memfile::bench {
namespace {

struct Subject {
  const char* name;
  std::size_t arguments;
  double (*measure)(Arguments arguments);
};

constexpr Subject subjects[] = {
    {"start", 3, start},
    {"open_close", 1, open_close},
    {"open_close_creating", 1, open_close_creating},
    {"stat", 1, status},
    {"lstat", 1, link_status},
    {"unlink", 1, unlink_each},
    {"rename", 1, rename_back_and_forth},
    {"create_close", 1, create_close},
    {"create_close_by_hand", 2, create_close_by_hand},
    {"write", 1, write_bytes},
    {"read", 1, read_bytes},
    {"map", 1, map_bytes},
    {"decide", 2, decide},
};

}  // namespace

void fail(const char* what) {
  std::fprintf(stderr, "bench_subject: %s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

}  // namespace memfile::bench

int main(int argc, char** argv) {
  using namespace memfile::bench;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "rules") {
    print_rules(Arguments(words).subspan(1));
    return 0;
  }
  for (const Subject& subject : subjects) {
    if (words.empty() || words[0] != subject.name || words.size() != subject.arguments + 1) continue;
    std::printf("%.2f\n", subject.measure(Arguments(words).subspan(1)));
    return 0;
  }
  std::fputs("usage: bench_subject rules COUNT KIND, or bench_subject SUBJECT ARGUMENT...:\n", stderr);
  for (const Subject& subject : subjects) std::fprintf(stderr, "  %s, %zu\n", subject.name, subject.arguments);
  return 2;
}
