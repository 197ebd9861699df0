// A preloaded library between memfile's and libc: it is asked before libc is. One of its functions is chosen when ld.so
// asks for it.
#include <cerrno>
#include <sys/types.h>

extern "C" {

__attribute__((visibility("default"))) int mkdir(const char*, mode_t) {
  errno = EDOM;
  return -1;
}

static int refuse(const char*) {
  errno = EDOM;
  return -1;
}

static int (*choose())(const char*) { return refuse; }

__attribute__((visibility("default"), ifunc("choose"))) int rmdir(const char* path);
}
