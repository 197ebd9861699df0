// Linking: a memfile's second name is a second name of its RAM file, with a link of its own.
#include "store/linking.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "preload/debts.hpp"
#include "preload/failure.hpp"
#include "preload/function_ref.hpp"
#include "preload/outcome.hpp"
#include "preload/path_argument.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "preload/target.hpp"
#include "store/descriptor.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::RamPath;
using store::Standing;

// A new name for a RAM file: its link stands where the rules say, or is owed to the disk.
__attribute__((noinline)) int link_in_store(const Session& session, At source, int flags, At to) {
  RamPath ram;
  const int result = store::link(session.store(), source, flags, to, ram);
  if (result != 0) return fail(-result);
  if (!session.covers(to)) owe(ram, to);
  return 0;
}

// linkat of a descriptor, or through /proc/self/fd: the file may have no name yet. What it fails with for a file of the
// store that is to get a name elsewhere is EXDEV.
__attribute__((noinline)) int linking_descriptor(FunctionRef<int()> real, const Session& session, At from, At to,
                                                 int flags) {
  const int errno_of_program = errno;
  const int result = real();
  if (result == 0 || errno != EXDEV) return result;
  const bool is_descriptor = (flags & AT_EMPTY_PATH) != 0 && *from.path == '\0';
  const store::Descriptor opened(is_descriptor ? -1 : kernel::openat(from.dirfd, from.path, O_PATH | O_CLOEXEC));
  const int fd = is_descriptor ? from.dirfd : opened.get();
  if (!store::is_in_store(session.store(), fd)) return result;
  errno = errno_of_program;
  return link_in_store(session, from, flags, to);
}

int linking_other(FunctionRef<int()> real, const Session& session, At from, At to, int flags) {
  if ((flags & (AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) == 0) return real();
  return linking_descriptor(real, session, from, to, flags);
}

// A link of ours may stand at `from`.
__attribute__((noinline)) int linking_link(FunctionRef<int()> real, const Session& session, At from, At to, int flags) {
  RamPath ram;
  switch (store::look(from, ram)) {
    case Standing::memfile: {
      // What cannot be read, "a/" and the like are no names for a file: the kernel says why.
      std::string_view name;
      if (!read_path_argument(to.path, name) || store::name_of(name).empty()) break;
      // Hard links stay within one file system; the links of a memfile stand where its names would.
      if (store::devices_of(from, to) == store::Devices::two) return fail(EXDEV);
      const store::Approach approach(ram);
      if (approach.fault() != 0) return fail(-approach.fault());
      return link_in_store(session, {AT_FDCWD, approach.c_str()}, 0, to);
    }
    case Standing::dangling:
      return fail(ENOENT);
    case Standing::absent:
    case Standing::other:
      break;
  }
  return linking_other(real, session, from, to, flags);
}

int linking(const char* call, FunctionRef<int()> real, At from, At to, int flags) {
  const Session* session = Session::get();
  if (session == nullptr || !session->is_transparent()) return real();
  const auto link = [&] {
    return store::glance(from) == store::Glance::link ? linking_link(real, *session, from, to, flags)
                                                      : linking_other(real, *session, from, to, flags);
  };
  const int result = making_anew(link, to);
  if (result == 0) log_outcome(call, to, Detour::other_name);
  return result;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::linking;
using memfile::preload::next;

MEMFILE_EXPORT int link(const char* from, const char* to) noexcept {
  return linking(
      "link", [&] { return next.link(from, to); }, {AT_FDCWD, from}, {AT_FDCWD, to}, 0);
}

MEMFILE_EXPORT int linkat(int from_dirfd, const char* from, int to_dirfd, const char* to, int flags) noexcept {
  return linking(
      "linkat", [&] { return next.linkat(from_dirfd, from, to_dirfd, to, flags); }, {from_dirfd, from}, {to_dirfd, to},
      flags);
}
