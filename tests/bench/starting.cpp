#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <vector>

#include "tests/bench/subjects.hpp"
#include "tests/bench/timing.hpp"

namespace memfile::bench {

double start(Arguments arguments) {
  std::string program = arguments[0];
  std::string preload = "LD_PRELOAD=" + arguments[1];
  std::string config = "MEMFILE_CONFIG=" + arguments[2];
  std::string path = "PATH=/usr/bin:/bin";
  std::vector<char*> environment{path.data()};
  if (!arguments[1].empty()) environment.push_back(preload.data());
  if (!arguments[2].empty()) environment.push_back(config.data());
  environment.push_back(nullptr);
  char* words[] = {program.data(), nullptr};
  constexpr int starts = 60;
  return time_batches(starts, 1, [&] {
    pid_t child = 0;
    int outcome = 0;
    errno = posix_spawn(&child, words[0], nullptr, nullptr, words, environment.data());
    require(errno == 0, "posix_spawn");
    require(waitpid(child, &outcome, 0) == child && outcome == 0, "the program that is started");
  });
}

}  // namespace memfile::bench
