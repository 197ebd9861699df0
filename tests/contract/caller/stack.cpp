// How deep a call goes: it runs on a stack of its own, painted before.
#include <cstdio>
#include <cstring>
#include <ucontext.h>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

constexpr unsigned char paint = 0xa5;
constexpr std::size_t stack_size = std::size_t{256} * 1024;
alignas(64) unsigned char painted[stack_size];

ucontext_t here;
ucontext_t there;
const Call* to_make;
Paths with;

void make_it() { (void)to_make->make(with); }

std::size_t depth_of(const Call& call, Paths paths) {
  std::memset(painted, paint, sizeof painted);
  to_make = &call;
  with = paths;
  getcontext(&there);
  there.uc_stack.ss_sp = painted;
  there.uc_stack.ss_size = sizeof painted;
  there.uc_link = &here;
  makecontext(&there, make_it, 0);
  swapcontext(&here, &there);
  std::size_t untouched = 0;
  while (untouched < sizeof painted && painted[untouched] == paint) ++untouched;
  return sizeof painted - untouched;
}

}  // namespace

int stack(Paths paths) {
  with_each_call(paths, [&](const Call& call, Standing standing) {
    (void)depth_of(call, paths);  // symbols are looked up, once
    put(standing, paths);
    std::printf("%zu %s, %s\n", depth_of(call, paths), call.name, name_of(standing));
  });
  return 0;
}

}  // namespace memfile::contract
