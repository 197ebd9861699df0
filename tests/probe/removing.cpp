// Steps that remove names.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

Steps removing_steps() {
  Steps s;
  s["unlink"] = [](const Arguments& a) { return answer(unlink(path_of(a[0]))); };
  s["unlinkat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return unlinkat(d, path_of(a[0]), a.size() > 1 ? std::stoi(a[1]) : 0); }));
  };
  s["remove"] = [](const Arguments& a) { return answer(remove(path_of(a[0]))); };
  return s;
}

}  // namespace memfile::probe
