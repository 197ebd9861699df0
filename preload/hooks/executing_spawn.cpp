// Spawning. What a file action opens is opened inside libc, in the child, where no hook sees it: a memfile that it
// would create is made, empty, when the action is added.
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <spawn.h>

#include "preload/executable.hpp"
#include "preload/failure.hpp"
#include "preload/hooks/executing.hpp"
#include "preload/hooks/opening.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/dangling.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

using store::RamPath;
using store::Standing;

// Whether the program has ever had a child change its folder before it opens: where a relative path leads is not known
// then.
constinit std::atomic<bool> changes_folder{false};

struct OpenAction {
  const char* path;
  int flags;
};

bool creates(int flags) { return (flags & (O_CREAT | O_DIRECTORY)) == O_CREAT; }

// The child opens the file once more: a mode that keeps the owner out would let the first open pass only.
bool can_open_again(int flags, mode_t mode) {
  const int access = flags & O_ACCMODE;
  const mode_t needed = access == O_RDONLY ? S_IRUSR : access == O_WRONLY ? S_IWUSR : S_IRUSR | S_IWUSR;
  return (mode & needed) == needed;
}

void create_for(OpenAction& action, mode_t mode) {
  if (!can_open_again(action.flags, mode)) return;
  constexpr const char* call = "posix_spawn_file_actions_addopen";
  const store::At at{AT_FDCWD, action.path};
  Detour detour = Detour::none;
  const int fd = creating(call, at, O_WRONLY | O_CLOEXEC | (action.flags & O_EXCL), mode, detour);
  // What is not there yet the child makes, unseen.
  if (fd < 0) return log_outcome(call, at, detour);
  kernel::close(fd);  // of a file that is new: no lock of the program's can hang on it
  action.flags &= ~O_EXCL;
}

// `ram` keeps the path that the action may come to name.
void lead_to_target(OpenAction& action, const Session& session, RamPath& ram) {
  const bool must_be_new = creates(action.flags) && (action.flags & O_EXCL) != 0;
  switch (store::look({AT_FDCWD, action.path}, ram)) {
    case Standing::memfile:
      if ((action.flags & O_NOFOLLOW) == 0 || must_be_new || !session.is_transparent()) return;
      action.path = ram.c_str();
      action.flags &= ~O_CREAT;
      return;
    case Standing::dangling:
      // No rule wants the file, or the store cannot take it: the child creates it on disk.
      if (creates(action.flags)) (void)store::clear_dangling({AT_FDCWD, action.path}, ram);
      return;
    case Standing::absent:
    case Standing::other:
      return;
  }
}

int adding_open(FunctionRef<int(const OpenAction&)> real, OpenAction action, mode_t mode) {
  const Session* session = Session::get();
  if (session == nullptr || (action.flags & (O_CREAT | O_NOFOLLOW)) == 0) return real(action);
  const bool is_absolute = kernel::is_readable(action.path) && *action.path == '/';
  if (!is_absolute && changes_folder.load(std::memory_order_relaxed)) return real(action);
  if (creates(action.flags)) create_for(action, mode);
  RamPath ram;
  lead_to_target(action, *session, ram);
  return real(action);
}

// A spawn gives its error as its result.
int spawning(FunctionRef<int(char* const*)> spawn, char* const* theirs,
             FunctionRef<int(FunctionRef<int()>)> for_execution) {
  int error = 0;
  (void)for_execution([&] {
    error = with_environment(theirs, spawn);
    if (error == 0) return 0;
    return fail(error);
  });
  return error;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::adding_open;
using memfile::preload::call_for_execution;
using memfile::preload::changes_folder;
using memfile::preload::FunctionRef;
using memfile::preload::next;
using memfile::preload::OpenAction;
using memfile::preload::spawning;
using memfile::store::At;

MEMFILE_EXPORT int posix_spawn(pid_t* pid, const char* path, const posix_spawn_file_actions_t* actions,
                               const posix_spawnattr_t* attributes, char* const argv[], char* const envp[]) {
  const auto spawn = [&](char* const* environment) {
    return next.posix_spawn(pid, path, actions, attributes, argv, environment);
  };
  return spawning(spawn, envp, [&](FunctionRef<int()> call) { return call_for_execution(call, At{AT_FDCWD, path}); });
}

MEMFILE_EXPORT int posix_spawnp(pid_t* pid, const char* file, const posix_spawn_file_actions_t* actions,
                                const posix_spawnattr_t* attributes, char* const argv[], char* const envp[]) {
  const auto spawn = [&](char* const* environment) {
    return next.posix_spawnp(pid, file, actions, attributes, argv, environment);
  };
  return spawning(spawn, envp, [&](FunctionRef<int()> call) { return call_for_execution(call, file); });
}

MEMFILE_EXPORT int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t* actions, int fd, const char* path,
                                                    int flags, mode_t mode) noexcept {
  return adding_open(
      [&](const OpenAction& action) { return next.spawn_addopen(actions, fd, action.path, action.flags, mode); },
      {path, flags}, mode);
}

MEMFILE_EXPORT int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t* actions,
                                                        const char* path) noexcept {
  changes_folder.store(true, std::memory_order_relaxed);
  return next.spawn_addchdir(actions, path);
}

MEMFILE_EXPORT int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t* actions, int dirfd) noexcept {
  changes_folder.store(true, std::memory_order_relaxed);
  return next.spawn_addfchdir(actions, dirfd);
}
