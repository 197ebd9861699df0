// caller CHECK [PATH OTHER]: a program that makes every call that the library stands in for.
#include <cstdio>
#include <map>
#include <string>

#include "tests/contract/caller/checks.hpp"

int main(int argc, char** argv) {
  using namespace memfile::contract;
  static const std::map<std::string, int (*)(Paths)> checks{{"answers", answers}, {"names", names}, {"stack", stack}};
  const auto check = argc > 1 ? checks.find(argv[1]) : checks.end();
  if (check == checks.end()) {
    std::fprintf(stderr, "there is no such check\n");
    return 2;
  }
  const int result = check->second({argc > 2 ? argv[2] : "", argc > 3 ? argv[3] : ""});
  std::fflush(stdout);
  return result;
}
