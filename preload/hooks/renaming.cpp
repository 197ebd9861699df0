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
#include "store/kernel.hpp"
#include "store/link_lock.hpp"
#include "store/record.hpp"
#include "store/removal.hpp"
#include "store/transfer.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::RamPath;
using store::Standing;
using store::Transferred;

// The next rename, with more flags than the caller gave.
using RealRename = FunctionRef<int(unsigned more)>;

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

  // Whether this or what may stand at the new name has to do with RAM.
  [[nodiscard]] bool is_of_interest() const { return standing_ == Standing::memfile || session_.covers(to_); }

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

int exchanging(RealRename real, Mover one, Mover other) {
  for (const Mover* mover : {&one, &other}) {
    if (mover->standing() == Standing::dangling) return fail(ENOENT);
    if (mover->standing() == Standing::absent) return real(0);
  }
  one.cross_border();
  other.cross_border();
  const int result = real(0);
  if (result != 0) return result;
  one.note();
  other.note();
  return result;
}

// How often something may come to stand at the new name before the call goes to libc as it is.
constexpr int most_tries = 16;

// Where nothing stands at the new name, nothing is replaced: what appears there this moment is looked at first.
int rename_to_absent(RealRename real) {
  const int errno_of_program = errno;
  const int result = real(RENAME_NOREPLACE);
  if (result == 0 || (errno != EINVAL && errno != ENOSYS)) return result;
  errno = errno_of_program;
  return real(0);
}

enum class Answer { given, look_again };

Answer replacing(RealRename real, Mover moved, At to, unsigned flags, int& result) {
  const bool must_be_new = (flags & RENAME_NOREPLACE) != 0;
  store::Removal replaced(to);
  bool is_absent = replaced.standing() == Standing::absent;
  if (replaced.standing() == Standing::dangling) {
    // Whatever is moved there, a folder too, finds the name free.
    is_absent = store::clear_dangling(to, replaced.ram());
    if (!is_absent) return Answer::look_again;
  } else if (must_be_new && !is_absent) {
    result = real(0);
    return Answer::given;
  }
  result = 0;
  if (moved.standing() == Standing::memfile && replaced.standing() == Standing::memfile &&
      is_one_file(moved.ram(), replaced.ram())) {
    return Answer::given;
  }
  moved.cross_border();
  const int errno_of_program = errno;
  const bool may_meet_memfiles = is_absent && !must_be_new && moved.is_of_interest();
  result = may_meet_memfiles ? rename_to_absent(real) : real(0);
  if (result != 0 && may_meet_memfiles && errno == EEXIST) {
    errno = errno_of_program;
    return Answer::look_again;
  }
  if (result != 0) return Answer::given;
  replaced.finish();
  moved.note();
  return Answer::given;
}

int renaming(const char* call, RealRename real, At from, At to, unsigned flags) {
  const Session* session = Session::get();
  if (session == nullptr) return real(0);
  for (int tries = 0; tries < most_tries; ++tries) {
    const store::LinkLock lock(from, &to);
    Mover moved(*session, call, from, to);
    if ((flags & RENAME_EXCHANGE) != 0) return exchanging(real, moved, Mover(*session, call, to, from));
    if (moved.standing() == Standing::dangling) return fail(ENOENT);
    if (moved.standing() == Standing::absent) break;
    int result = 0;
    if (replacing(real, moved, to, flags, result) == Answer::given) return result;
  }
  return real(0);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::renaming;

MEMFILE_EXPORT int rename(const char* from, const char* to) noexcept {
  const auto real = [&](unsigned more) {
    return more == 0 ? next.rename(from, to) : next.renameat2(AT_FDCWD, from, AT_FDCWD, to, more);
  };
  return renaming("rename", real, {AT_FDCWD, from}, {AT_FDCWD, to}, 0);
}

MEMFILE_EXPORT int renameat(int from_dirfd, const char* from, int to_dirfd, const char* to) noexcept {
  const auto real = [&](unsigned more) {
    return more == 0 ? next.renameat(from_dirfd, from, to_dirfd, to)
                     : next.renameat2(from_dirfd, from, to_dirfd, to, more);
  };
  return renaming("renameat", real, {from_dirfd, from}, {to_dirfd, to}, 0);
}

MEMFILE_EXPORT int renameat2(int from_dirfd, const char* from, int to_dirfd, const char* to, unsigned flags) noexcept {
  const auto real = [&](unsigned more) { return next.renameat2(from_dirfd, from, to_dirfd, to, flags | more); };
  return renaming("renameat2", real, {from_dirfd, from}, {to_dirfd, to}, flags);
}
