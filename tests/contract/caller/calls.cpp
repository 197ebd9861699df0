#include "tests/contract/caller/calls.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <unistd.h>

#include "tests/contract/caller/checks.hpp"

namespace memfile::contract {

std::vector<Call> all_calls() {
  std::vector<Call> all;
  for (const auto* group : {&opening_calls(), &moving_calls(), &describing_calls(), &changing_calls(), &listing_calls(),
                            &executing_calls()}) {
    all.insert(all.end(), group->begin(), group->end());
  }
  return all;
}

int names(Paths /*paths*/) {
  for (const Call& call : all_calls()) std::printf("%s\n", call.name);
  return 0;
}

long closed(int fd) {
  const int error = errno;
  if (fd >= 0) close(fd);
  errno = error;
  return fd;
}

void* symbol(const char* name) {
  void* found = dlsym(RTLD_DEFAULT, name);
  if (found == nullptr) std::fprintf(stderr, "there is no %s\n", name);
  if (found == nullptr) std::_Exit(2);
  return found;
}

}  // namespace memfile::contract
