// Objects that ld.so loads while a program runs. It maps them to be executed, which a store mounted noexec refuses.
// The next dlopen has to be jumped to, not called: it searches as the object does that it returns to. Hence nothing is
// left to do here after it, and this file is always compiled with tail calls.
#include <dlfcn.h>
#include <fcntl.h>

#include "preload/executable.hpp"
#include "preload/symbols.hpp"

namespace memfile::preload {

namespace {

// What has no slash is searched for, in folders that ld.so knows. Any mode may be mapped.
__attribute__((noinline)) void prepare(const char* file) {
  if (file == nullptr) return;
  const char* c = file;
  while (*c != '\0' && *c != '/') ++c;
  if (*c == '/') (void)save_executable({AT_FDCWD, file}, 0111);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::prepare;

MEMFILE_EXPORT void* dlopen(const char* file, int mode) noexcept {
  prepare(file);
  return next.dlopen.get()(file, mode);
}

MEMFILE_EXPORT void* dlmopen(Lmid_t space, const char* file, int mode) noexcept {
  prepare(file);
  return next.dlmopen.get()(space, file, mode);
}
