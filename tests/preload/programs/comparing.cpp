// Preloaded where memfile's library is: says of each symbol in $NAMES where the next definition of it is another one
// than dlsym() says.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

#include "preload/objects.hpp"

namespace {

__attribute__((constructor)) void compare() {
  memfile::preload::learn_objects();
  const char* names = std::getenv("NAMES");
  if (names == nullptr) return;
  char* rest = strdup(names);
  int count = 0;
  for (char* name = strsep(&rest, " "); name != nullptr; name = strsep(&rest, " "), ++count) {
    if (memfile::preload::find_next(name) != dlsym(RTLD_NEXT, name)) std::printf("%s\n", name);
  }
  std::printf("%d compared\n", count);
}

}  // namespace
