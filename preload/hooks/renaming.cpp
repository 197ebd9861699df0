// Renaming: a memfile's link moves, its RAM file stays where it is, and what was replaced is freed. Over the rules'
// border a file changes between RAM and disk first; where somebody has it open it goes as it is, out of the rules as
// owed.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>

#include "preload/debts.hpp"
#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/dangling.hpp"
#include "store/directory_lock.hpp"
#include "store/kernel.hpp"
#include "store/record.hpp"
#include "store/removal.hpp"
#include "store/transfer.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::RamPath;
using store::Standing;
using store::Transferred;

int fail(int error) {
  errno = error;
  return -1;
}

// One of the files that a rename moves.
class Mover {
 public:
  Mover(const Session& session, const char* call, At from, At to)
      : session_(session), call_(call), from_(from), to_(to), standing_(store::look(from, ram_)) {}

  [[nodiscard]] Standing standing() const { return standing_; }
  [[nodiscard]] const RamPath& ram() const { return ram_; }

  // Before the rename: moves the bytes to where the rules want them under the new name.
  void cross_border() {
    if (standing_ == Standing::memfile) {
      if (session_.wants(to_, call_)) return;
      if (store::save(from_, ram_, store::Flush::file).outcome == Transferred::done) {
        standing_ = Standing::other;
      } else {
        is_owed_ = true;
      }
    } else if (standing_ == Standing::other && session_.wants(to_, call_) && !session_.covers(from_)) {
      if (store::load(session_.store(), from_, to_, ram_).outcome == Transferred::done) standing_ = Standing::memfile;
    }
  }

  // After it.
  void note() const {
    if (standing_ != Standing::memfile) return;
    if (is_owed_) {
      owe(ram_, to_);
    } else {
      store::note_place(ram_, to_);
    }
  }

 private:
  const Session& session_;
  const char* call_;
  At from_;
  At to_;
  RamPath ram_;
  Standing standing_;
  bool is_owed_ = false;
};

// Two names of one file: a rename between them does nothing.
bool is_one_file(const RamPath& one, const RamPath& other) {
  struct statx files[2] = {};
  return kernel::statx(AT_FDCWD, one.c_str(), AT_SYMLINK_NOFOLLOW, files[0]) == 0 &&
         kernel::statx(AT_FDCWD, other.c_str(), AT_SYMLINK_NOFOLLOW, files[1]) == 0 &&
         files[0].stx_ino == files[1].stx_ino && files[0].stx_dev_major == files[1].stx_dev_major &&
         files[0].stx_dev_minor == files[1].stx_dev_minor;
}

int exchanging(FunctionRef<int()> real, Mover one, Mover other) {
  for (const Mover* mover : {&one, &other}) {
    if (mover->standing() == Standing::dangling) return fail(ENOENT);
    if (mover->standing() == Standing::absent) return real();
  }
  one.cross_border();
  other.cross_border();
  const int result = real();
  if (result != 0) return result;
  one.note();
  other.note();
  return result;
}

int replacing(FunctionRef<int()> real, Mover moved, At to, unsigned flags) {
  const bool must_be_new = (flags & RENAME_NOREPLACE) != 0;
  store::Removal replaced(to);
  if (replaced.standing() == Standing::dangling) {
    // Whatever is moved there, a folder too, finds the name free.
    (void)store::clear_dangling(to, replaced.ram());
  } else if (must_be_new && replaced.standing() != Standing::absent) {
    return real();
  }
  if (moved.standing() == Standing::memfile && replaced.standing() == Standing::memfile &&
      is_one_file(moved.ram(), replaced.ram())) {
    return 0;
  }
  moved.cross_border();
  const int result = real();
  if (result != 0) return result;
  replaced.finish();
  moved.note();
  return result;
}

// The RAM directories of the links at both ends, held until all is done.
class Ends {
 public:
  Ends(At from, At to) : lock_(look(from, rams_[0]), look(to, rams_[1])) {}

 private:
  static const RamPath* look(At at, RamPath& ram) { return store::look(at, ram) == Standing::memfile ? &ram : nullptr; }

  RamPath rams_[2];
  store::DirectoryLock lock_;
};

int renaming(const char* call, FunctionRef<int()> real, At from, At to, unsigned flags) {
  const Session* session = Session::get();
  if (session == nullptr) return real();
  const Ends ends(from, to);
  Mover moved(*session, call, from, to);
  if ((flags & RENAME_EXCHANGE) != 0) return exchanging(real, moved, Mover(*session, call, to, from));
  if (moved.standing() == Standing::dangling) return fail(ENOENT);
  if (moved.standing() == Standing::absent) return real();
  return replacing(real, moved, to, flags);
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
