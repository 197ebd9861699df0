// Steps that rename.
#include <stdio.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

Steps renaming_steps() {
  Steps s;
  s["rename"] = [](const Arguments& a) { return answer(rename(path_of(a[0]), path_of(a[1]))); };
  s["renameat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return renameat(d, path_of(a[0]), d, path_of(a[1])); }));
  };
  s["renameat2"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) {
      return renameat2(d, path_of(a[0]), d, path_of(a[1]), a.size() > 2 ? static_cast<unsigned>(std::stoul(a[2])) : 0);
    }));
  };
  return s;
}

}  // namespace memfile::probe
