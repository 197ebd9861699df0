// Steps that make and remove what is no regular file, and that remove names.
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

Steps removing_steps() {
  Steps s;
  s["unlink"] = [](const Arguments& a) { return answer(unlink(path_of(a[0]))); };
  s["unlinkat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return unlinkat(d, path_of(a[0]), 0); }));
  };
  s["remove"] = [](const Arguments& a) { return answer(remove(path_of(a[0]))); };
  s["mkdir"] = [](const Arguments& a) { return answer(mkdir(path_of(a[0]), mode_of(a, 1))); };
  s["symlink"] = [](const Arguments& a) { return answer(symlink(a[0].c_str(), a[1].c_str())); };
  return s;
}

}  // namespace memfile::probe
