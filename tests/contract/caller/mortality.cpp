// A process that is killed before each system call that a call is made of. What a program sees then is what it saw
// before the call, or what it sees after it.
#include <csignal>
#include <cstdio>
#include <dirent.h>
#include <set>
#include <string>
#include <string_view>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/scene.hpp"

namespace memfile::contract {

namespace {

constexpr unsigned most_system_calls = 500;

constexpr std::string_view aside = ".memfile-";  // what a file is called while it changes its place

std::set<std::string> names_here() {
  std::set<std::string> names;
  DIR* const folder = opendir(".");
  while (const dirent* const entry = readdir(folder)) names.insert(entry->d_name);
  closedir(folder);
  return names;
}

// What stands at both paths, and the names in the folder. Without the number of links: a RAM file's name that was made
// first, or is to go last, counts.
std::string sight_of_both(Paths paths) {
  std::string text = sight_of(paths.path) + "; " + sight_of(paths.other) + "; in the folder";
  for (const std::string& name : names_here()) text += name.starts_with(aside) ? "" : " " + name;
  for (std::size_t at = 0; (at = text.find(" nlink ", at)) != std::string::npos;) text.erase(at, 8);
  return text;
}

[[noreturn]] void live(const Call& call, Paths paths) {
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(2);
  raise(SIGSTOP);
  (void)call.make(paths);
  _exit(0);
}

// True if the process was killed before the `number`th system call of the call; false if it made fewer.
bool is_killed_at(unsigned number, const Call& call, Paths paths) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) live(call, paths);
  int status = 0;
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
  // Every system call stops it twice.
  for (unsigned stops = 0; stops < 2 * number - 1;) {
    const bool is_stopped = WIFSTOPPED(status);
    if (!is_stopped) return false;
    const int signal = WSTOPSIG(status);
    const bool is_own = signal == (SIGTRAP | 0x80) || signal == SIGSTOP;
    ptrace(PTRACE_SYSCALL, child, nullptr, is_own ? 0 : signal);
    waitpid(child, &status, 0);
    if (WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80)) ++stops;
  }
  if (!WIFSTOPPED(status)) return false;
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return true;
}

struct Act {
  const Call& call;
  Scene first;
  Scene second;
};

void arrange(const Act& act, Paths paths) {
  take_away(paths.path);
  take_away(paths.other);
  for (const std::string& name : names_here()) {
    if (name.starts_with(aside)) (void)unlink(name.c_str());
  }
  put(act.first, paths.path);
  put(act.second, paths.other);
}

// How many deaths left something else, each a line.
void try_all_deaths(const Act& act, Paths paths) {
  arrange(act, paths);
  const std::string before = sight_of_both(paths);
  (void)act.call.make(paths);
  const std::string after = sight_of_both(paths);
  unsigned deaths = 0;
  for (unsigned number = 1; number < most_system_calls; ++number) {
    arrange(act, paths);
    if (!is_killed_at(number, act.call, paths)) break;
    ++deaths;
    const std::string found = sight_of_both(paths);
    if (found == before || found == after) continue;
    std::printf("%s, %s, %s, killed at %u: %s\n  before: %s\n  after: %s\n", act.call.name, name_of(act.first),
                name_of(act.second), number, found.c_str(), before.c_str(), after.c_str());
  }
  if (deaths == 0) std::printf("%s was never killed\n", act.call.name);
}

// Over the rules' border what is renamed is the subject.
bool is_tried(const std::string& name, Paths paths) {
  constexpr std::string_view ram = ".ram";
  if (std::string_view(paths.path).ends_with(ram) != std::string_view(paths.other).ends_with(ram))
    return name == "rename" || name == "rename here";
  for (const char* each :
       {"open to create", "open to create anew", "openat2", "creat", "fopen", "fopen anew", "unlink", "remove", "rmdir",
        "rename", "rename here", "renameat2", "link", "link here", "mkdir", "mknod", "symlink", "chown", "chmod"}) {
    if (name == each) return true;
  }
  return false;
}

}  // namespace

int killed(Paths paths) {
  umask(022);
  for (const Call& call : all_calls()) {
    if (!is_tried(call.name, paths)) continue;
    for (const Scene first :
         {Scene::nothing, Scene::lone_file, Scene::file_on_disk, Scene::dangling, Scene::folder_of_remains}) {
      for (const Scene second : {Scene::nothing, Scene::lone_file}) try_all_deaths({call, first, second}, paths);
    }
  }
  take_away(paths.path);
  take_away(paths.other);
  return 0;
}

}  // namespace memfile::contract
