// Preloaded: opens a file while ld.so relocates it.
#include <fcntl.h>
#include <unistd.h>

namespace {

int opened = -1;

int answer() { return opened; }

}  // namespace

extern "C" {
// By C linkage, because the attribute names it.
static int (*memfile_resolve())() {
  opened = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (opened >= 0) close(opened);
  return answer;
}
static int resolved() __attribute__((ifunc("memfile_resolve")));

__attribute__((visibility("default"))) int memfile_resolved() { return resolved(); }
}
