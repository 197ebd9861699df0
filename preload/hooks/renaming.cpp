// Renaming: a memfile's link moves, its RAM file stays where it is, and what was replaced is freed.
#include <cerrno>
#include <fcntl.h>
#include <stdio.h>

#include "preload/absent.hpp"
#include "preload/crossing.hpp"
#include "preload/debts.hpp"
#include "preload/failure.hpp"
#include "preload/function_ref.hpp"
#include "preload/hooks/removing_folders.hpp"
#include "preload/path_argument.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/dangling.hpp"
#include "store/kernel.hpp"
#include "store/link_lock.hpp"
#include "store/record.hpp"
#include "store/removal.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::RamPath;
using store::Standing;

// The next rename, from a path of the caller's choice and with more flags than the caller gave.
using RealRename = FunctionRef<int(const char* from, unsigned more)>;

struct Rename {
  const char* call;
  RealRename real;
  At from;  // both without slashes after their names: links would be followed
  At to;
  unsigned flags;
  const char* given;          // `from` as the program passed it
  bool wants_folder = false;  // it has slashes there

  [[nodiscard]] bool has(unsigned flag) const { return (flags & flag) != 0; }
  [[nodiscard]] int plainly() const { return real(given, 0); }
};

// As if nothing stood at the old name.
__attribute__((noinline)) int fail_for_absent(const Rename& rename) {
  return call_for_absent([&](const char* nobody) { return rename.real(nobody, 0); }, rename.from);
}

// Two names of one file: a rename between them does nothing.
bool is_one_file(const RamPath& one, const RamPath& other) {
  kernel::Status files[2] = {};
  return kernel::statx(AT_FDCWD, one.c_str(), AT_SYMLINK_NOFOLLOW, files[0]) == 0 &&
         kernel::statx(AT_FDCWD, other.c_str(), AT_SYMLINK_NOFOLLOW, files[1]) == 0 &&
         kernel::are_one_file(files[0], files[1]);
}

// Where a memfile's link has come to stand.
void note(const Session& session, const RamPath& ram, At at) {
  if (session.covers(at)) {
    store::note_place(ram, at);
  } else {
    owe(ram, at);
  }
}

enum class Answer { given, look_again };

// What stands at the two names, with the links that lead to RAM held: nobody else who preloads us moves them now.
class Look {
 public:
  Look(const Rename& rename, const Session& session)
      : rename_(rename),
        session_(session),
        lock_(rename.from, &rename.to),
        moved_(store::look(rename.from, ram_)),
        replaced_(rename.to) {}

  // False if a link has come to stand there since.
  [[nodiscard]] bool holds() const { return is_held(moved_, ram_) && is_held(replaced_.standing(), replaced_.ram()); }

  Answer exchange(int& result) {
    if (is_nothing(moved_) || is_nothing(replaced_.standing())) {
      result = fail_for_absent(rename_);
    } else {
      result = rename_.plainly();
      if (result == 0 && moved_ == Standing::memfile) note(session_, ram_, rename_.to);
      if (result == 0 && replaced_.standing() == Standing::memfile) note(session_, replaced_.ram(), rename_.from);
    }
    return Answer::given;
  }

  Answer replace(int& result) {
    if (moved_ == Standing::memfile && rename_.wants_folder) return move(result);
    if (is_nothing(moved_)) {
      result = fail_for_absent(rename_);
      return Answer::given;
    }
    bool is_free = replaced_.standing() == Standing::absent;
    if (is_hidden(replaced_.standing())) {
      // Whatever is moved there, a folder too, finds the name free.
      is_free = store::clear_dangling(rename_.to, replaced_.ram());
      if (!is_free) return Answer::look_again;
    }
    if (!rename_.has(RENAME_NOREPLACE) && moved_ == Standing::memfile && replaced_.standing() == Standing::memfile &&
        is_one_file(ram_, replaced_.ram())) {
      result = 0;
      return Answer::given;
    }
    const Answer answer = is_free && !rename_.has(RENAME_NOREPLACE) ? move_to_free(result) : move(result);
    if (answer == Answer::look_again || result != 0) return answer;
    replaced_.finish();
    if (moved_ == Standing::memfile) note(session_, ram_, rename_.to);
    return answer;
  }

 private:
  [[nodiscard]] bool is_hidden(Standing standing) const {
    return standing == Standing::dangling && session_.is_transparent();
  }
  [[nodiscard]] bool is_nothing(Standing standing) const { return standing == Standing::absent || is_hidden(standing); }
  [[nodiscard]] bool is_held(Standing standing, const RamPath& ram) const {
    return standing != Standing::memfile || lock_.holds(ram);
  }

  Answer move(int& result) const {
    result = rename_.plainly();
    return Answer::given;
  }

  // Where nothing stands at the new name, nothing is replaced: what appears there this moment is looked at first.
  Answer move_to_free(int& result) const {
    const int errno_of_program = errno;
    result = rename_.real(rename_.given, RENAME_NOREPLACE);
    if (result == 0 || (errno != EEXIST && errno != EINVAL && errno != ENOSYS)) return Answer::given;
    const bool is_taken = errno == EEXIST;
    errno = errno_of_program;
    return is_taken ? Answer::look_again : move(result);
  }

  const Rename& rename_;
  const Session& session_;
  store::LinkLock lock_;
  RamPath ram_;
  Standing moved_;
  store::Removal replaced_;
};

// How often something may come to stand at a name before the call goes to libc as it is.
constexpr int most_tries = 16;

__attribute__((noinline)) int renaming_in_ram(const Rename& rename, const Session& session) {
  const store::Pooled<Crossing> there(session, rename.from, rename.to);
  const store::Pooled<Crossing> back(session, rename.to, rename.from);
  if (!there || !back) return rename.plainly();
  const auto kind = rename.has(RENAME_EXCHANGE) ? Crossing::Kind::exchanging : Crossing::Kind::replacing;
  there->cross(kind);
  if (kind == Crossing::Kind::exchanging) back->cross(kind);
  int result = -1;
  Answer answer = Answer::look_again;
  for (int tries = 0; tries < most_tries && answer == Answer::look_again; ++tries) {
    const store::Pooled<Look> look(rename, session);
    if (!look) break;
    if (look->holds()) {
      answer = rename.has(RENAME_EXCHANGE) ? look->exchange(result) : look->replace(result);
    }
  }
  if (answer == Answer::look_again) result = rename.plainly();
  if (result != 0) {
    there->go_back();
    back->go_back();
    return result;
  }
  there->settle();
  back->settle();
  log_outcome(rename.call, rename.to, there->detour());
  if (rename.has(RENAME_EXCHANGE)) log_outcome(rename.call, rename.from, back->detour());
  return result;
}

// Whether the kernel knows the flags and takes them together.
bool is_valid(unsigned flags) {
  constexpr unsigned known = RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT;
  const bool is_exchange = (flags & RENAME_EXCHANGE) != 0;
  return (flags & ~known) == 0 && (!is_exchange || flags == RENAME_EXCHANGE);
}

// Where a link stands, and dangles.
__attribute__((noinline)) bool is_absent(At at, const Session& session) {
  RamPath ram;
  return session.is_transparent() && store::look(at, ram) == Standing::dangling;
}

int renaming_looked_at(const Rename& rename, const Session& session);

// "name/" names a folder, or what a folder is renamed to. Our links are none.
__attribute__((noinline)) int renaming_with_slashes(Rename rename, const Session& session) {
  const store::PathBuffer from;
  const store::PathBuffer to;
  if (!from || !to) return rename.plainly();
  rename.wants_folder = true;
  if (without_slashes(rename.from.path, *from)) rename.from.path = from->c_str();
  if (without_slashes(rename.to.path, *to)) rename.to.path = to->c_str();
  return renaming_looked_at(rename, session);
}

// Of a path that can be read.
bool has_slashes(At at) {
  const std::string_view path(at.path);
  return path.size() > 1 && path.ends_with('/');
}

int renaming_looked_at(const Rename& rename, const Session& session) {
  const store::Glance from = store::glance(rename.from);
  const store::Glance to = store::glance(rename.to);
  if (from == store::Glance::bad_pointer || to == store::Glance::bad_pointer) return rename.plainly();
  if (has_slashes(rename.from) || has_slashes(rename.to)) return renaming_with_slashes(rename, session);
  const bool is_from_free = from == store::Glance::absent || rename.has(RENAME_EXCHANGE);
  const bool is_of_interest = from == store::Glance::link || to == store::Glance::link || session.covers(rename.to) ||
                              (is_from_free && session.covers(rename.from));
  if (rename.has(RENAME_NOREPLACE) && to == store::Glance::other) {
    return from == store::Glance::link && is_absent(rename.from, session) ? fail_for_absent(rename) : rename.plainly();
  }
  return is_of_interest ? renaming_in_ram(rename, session) : rename.plainly();
}

int renaming(const Rename& rename) {
  const Session* session = Session::get();
  if (session == nullptr || !is_valid(rename.flags)) return rename.plainly();
  const auto real = [&] { return renaming_looked_at(rename, *session); };
  // A folder that is replaced has to be empty.
  const bool replaces = !rename.has(RENAME_NOREPLACE | RENAME_EXCHANGE);
  return replaces ? removing_folder(real, rename.to) : real();
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::renaming;

MEMFILE_EXPORT int rename(const char* from, const char* to) noexcept {
  const auto real = [&](const char* actual, unsigned more) {
    return more == 0 ? next.rename(actual, to) : next.renameat2(AT_FDCWD, actual, AT_FDCWD, to, more);
  };
  return renaming({"rename", real, {AT_FDCWD, from}, {AT_FDCWD, to}, 0, from});
}

MEMFILE_EXPORT int renameat(int from_dirfd, const char* from, int to_dirfd, const char* to) noexcept {
  const auto real = [&](const char* actual, unsigned more) {
    return more == 0 ? next.renameat(from_dirfd, actual, to_dirfd, to)
                     : next.renameat2(from_dirfd, actual, to_dirfd, to, more);
  };
  return renaming({"renameat", real, {from_dirfd, from}, {to_dirfd, to}, 0, from});
}

MEMFILE_EXPORT int renameat2(int from_dirfd, const char* from, int to_dirfd, const char* to, unsigned flags) noexcept {
  const auto real = [&](const char* actual, unsigned more) {
    return next.renameat2(from_dirfd, actual, to_dirfd, to, flags | more);
  };
  return renaming({"renameat2", real, {from_dirfd, from}, {to_dirfd, to}, flags, from});
}
