// Renaming: a memfile's link moves, its RAM file stays where it is, and what was replaced is freed. A memfile does not
// leave the rules this way: EXDEV, as between file systems, so that programs copy.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>

#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/kernel.hpp"
#include "store/record.hpp"
#include "store/removal.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::Standing;

int fail(int error) {
  errno = error;
  return -1;
}

int exchanging(FunctionRef<int()> real, At one, At other) {
  const int result = real();
  if (result != 0) return result;
  for (const At at : {one, other}) {
    store::RamPath ram;
    if (store::look(at, ram) == Standing::memfile) store::note_place(ram, at);
  }
  return result;
}

int renaming(const char* call, FunctionRef<int()> real, At from, At to, unsigned flags) {
  const Session* session = Session::get();
  if (session == nullptr) return real();
  if ((flags & RENAME_EXCHANGE) != 0) return exchanging(real, from, to);
  store::RamPath ram;
  const Standing moved = store::look(from, ram);
  if (moved == Standing::dangling) return fail(ENOENT);
  if (moved == Standing::absent) return real();
  if (moved == Standing::memfile && !session->wants(to, call)) return fail(EXDEV);
  store::Removal replaced(to);
  if (replaced.standing() == Standing::dangling && (flags & RENAME_NOREPLACE) != 0) {
    kernel::unlinkat(to.dirfd, to.path);
  }
  const int result = real();
  if (result != 0) return result;
  replaced.finish();
  if (moved == Standing::memfile) store::note_place(ram, to);
  return result;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::renaming;

MEMFILE_EXPORT int rename(const char* from, const char* to) noexcept {
  return renaming(
      "rename", [&] { return next.rename(from, to); }, {AT_FDCWD, from}, {AT_FDCWD, to}, 0);
}

MEMFILE_EXPORT int renameat(int from_dirfd, const char* from, int to_dirfd, const char* to) noexcept {
  return renaming(
      "renameat", [&] { return next.renameat(from_dirfd, from, to_dirfd, to); }, {from_dirfd, from}, {to_dirfd, to}, 0);
}

MEMFILE_EXPORT int renameat2(int from_dirfd, const char* from, int to_dirfd, const char* to, unsigned flags) noexcept {
  return renaming(
      "renameat2", [&] { return next.renameat2(from_dirfd, from, to_dirfd, to, flags); }, {from_dirfd, from},
      {to_dirfd, to}, flags);
}
