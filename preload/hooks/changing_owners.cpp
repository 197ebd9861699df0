// Changing the owner: the RAM file's, whether the call follows a last symbolic link or not, and then the link's.
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "preload/failure.hpp"
#include "preload/function_ref.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/handover.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::Standing;

// The next chown. `flags` is AT_SYMLINK_NOFOLLOW where a RAM file is to be changed: nothing may be followed there.
using RealChown = FunctionRef<int(At at, int flags)>;

constexpr uid_t unchanged = static_cast<uid_t>(-1);

__attribute__((noinline)) int change_owner(RealChown real, At at, uid_t user, int flags) {
  store::Handover handover(at);
  if (handover.standing() == Standing::dangling) return fail(ENOENT);
  if (handover.standing() != Standing::memfile) return real(at, flags);
  const store::Approach approach(handover.ram());
  if (approach.fault() != 0) return fail(-approach.fault());
  if (user != unchanged) handover.begin();
  const int result = real({AT_FDCWD, approach.c_str()}, flags | AT_SYMLINK_NOFOLLOW);
  if (user != unchanged) handover.finish(approach.c_str());
  return result;
}

int changing_owner(RealChown real, At at, uid_t user, int flags) {
  const Session* session = Session::get();
  const bool is_about_link = (flags & AT_SYMLINK_NOFOLLOW) != 0 && session != nullptr && !session->is_transparent();
  if (session == nullptr || is_about_link || store::glance(at) != store::Glance::link) return real(at, flags);
  return change_owner(real, at, user, flags);
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::changing_owner;
using memfile::preload::next;
using memfile::store::At;

MEMFILE_EXPORT int chown(const char* path, uid_t user, gid_t group) noexcept {
  const auto real = [&](At at, int flags) {
    return (flags & AT_SYMLINK_NOFOLLOW) != 0 ? next.lchown(at.path, user, group) : next.chown(at.path, user, group);
  };
  return changing_owner(real, {AT_FDCWD, path}, user, 0);
}

MEMFILE_EXPORT int lchown(const char* path, uid_t user, gid_t group) noexcept {
  return changing_owner([&](At at, int) { return next.lchown(at.path, user, group); }, {AT_FDCWD, path}, user,
                        AT_SYMLINK_NOFOLLOW);
}

MEMFILE_EXPORT int fchownat(int dirfd, const char* path, uid_t user, gid_t group, int flags) noexcept {
  const auto real = [&](At at, int actual_flags) {
    return next.fchownat(at.dirfd, at.path, user, group, actual_flags);
  };
  return changing_owner(real, {dirfd, path}, user, flags);
}
