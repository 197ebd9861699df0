// Steps that give a file another name.
#include <fcntl.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

Steps linking_steps() {
  Steps s;
  s["link"] = [](const Arguments& a) { return answer(link(path_of(a[0]), path_of(a[1]))); };
  s["linkat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return linkat(d, path_of(a[0]), d, path_of(a[1]), 0); }));
  };
  s["link-fd"] = [](const Arguments& a) {
    return answer(linkat(descriptor(a[0]), "", AT_FDCWD, path_of(a[1]), AT_EMPTY_PATH));
  };
  s["link-proc"] = [](const Arguments& a) {
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor(a[0]));
    return answer(linkat(AT_FDCWD, path.c_str(), AT_FDCWD, path_of(a[1]), AT_SYMLINK_FOLLOW));
  };
  return s;
}

}  // namespace memfile::probe
