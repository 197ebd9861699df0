// caller CHECK [PATH OTHER]: a program that makes every call that the library stands in for.
#include <cstdio>
#include <map>
#include <string>

#include "tests/contract/caller/checks.hpp"

int main(int argc, char** argv) {
  using namespace memfile::contract;
  static const std::map<std::string, int (*)(Paths)> checks{{"answers", answers},
                                                            {"bad_pointers", bad_pointers},
                                                            {"cancelled_at_random", cancelled_at_random},
                                                            {"cancelled_before", cancelled_before},
                                                            {"cancelled_while_waiting", cancelled_while_waiting},
                                                            {"descriptors", descriptors},
                                                            {"early", early},
                                                            {"effects", effects},
                                                            {"filtered", filtered},
                                                            {"forks", forks},
                                                            {"heap", heap},
                                                            {"in_handler", in_handler},
                                                            {"in_vfork_child", in_vfork_child},
                                                            {"interrupted", interrupted},
                                                            {"killed", killed},
                                                            {"linkings", linkings},
                                                            {"locks", locks},
                                                            {"names", names},
                                                            {"openings", openings},
                                                            {"renamings", renamings},
                                                            {"signals", signals},
                                                            {"stack", stack},
                                                            {"threads", threads}};
  const auto check = argc > 1 ? checks.find(argv[1]) : checks.end();
  if (check == checks.end()) {
    std::fprintf(stderr, "there is no such check\n");
    return 2;
  }
  const int result = check->second({argc > 2 ? argv[2] : "", argc > 3 ? argv[3] : ""});
  std::fflush(stdout);
  return result;
}
