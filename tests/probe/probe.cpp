// One libc call per step, each answered in one line: `probe STEP ARG... , STEP ...`, or `probe -` for steps that come
// one by one (turns.hpp).
#include <cstring>

#include "tests/probe/step.hpp"
#include "tests/probe/turns.hpp"

int main(int argc, char** argv) {
  using namespace memfile::probe;
  Steps steps;
  for (Steps (*const group)() :
       {opening_steps, making_steps, removing_steps, renaming_steps, linking_steps, describing_steps, resolving_steps,
        changing_steps, watching_steps, listing_steps, walking_steps, content_steps, executing_steps, raw_steps,
        passing_steps, untouched_steps, limit_steps, holding_steps, observing_steps}) {
    steps.merge(group());
  }
  if (argc == 2 && std::strcmp(argv[1], "-") == 0) return take_turns(steps);
  for (int at = 1; at < argc; ++at) {
    const std::string name = argv[at];
    Arguments arguments;
    while (++at < argc && std::strcmp(argv[at], ",") != 0) arguments.emplace_back(argv[at]);
    const auto step = steps.find(name);
    if (step == steps.end()) {
      std::printf("there is no step %s\n", name.c_str());
      return 2;
    }
    errno = mark;
    const std::string text = step->second(arguments);
    std::printf("%s: %s\n", name.c_str(), text.c_str());
    std::fflush(stdout);
  }
  return 0;
}
