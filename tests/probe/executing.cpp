// Steps that start programs. Each starts the shell with a command: STEP ENVIRONMENT COMMAND. ENVIRONMENT is "kept",
// "huge" (1,000 variables), NULL, BAD or variables between bars: "" is an empty one.
#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

extern "C" FILE* _IO_popen(const char* command, const char* mode);

namespace memfile::probe {

namespace {

constexpr const char* shell = "/bin/sh";

// Lives as long as the probe.
char** environment_of(const std::string& word) {
  if (word == "kept") return environ;
  if (word == "NULL" || word == "BAD") return reinterpret_cast<char**>(const_cast<char*>(path_of(word)));
  static std::vector<std::string> variables;
  static std::vector<char*> pointers;
  variables.clear();
  pointers.clear();
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t end = std::min(word.find('|', at), word.size());
    variables.push_back(word.substr(at, end - at));
    at = end + 1;
  }
  if (word == "huge") {
    for (int i = 0; i < 1000; ++i) variables.push_back("VARIABLE_" + std::to_string(i) + "=value");
  }
  for (std::string& variable : variables) pointers.push_back(variable.data());
  pointers.push_back(nullptr);
  return pointers.data();
}

std::vector<char*> shell_arguments(const std::string& command) {
  return {const_cast<char*>("sh"), const_cast<char*>("-c"), const_cast<char*>(command.c_str()), nullptr};
}

std::string waited(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return "status " + std::to_string(status);
}

// Makes the call in a child, where it has to end.
template <class Call>
std::string in_child(const Call& call) {
  const pid_t pid = fork();
  if (pid != 0) return waited(pid);
  errno = mark;
  const int result = call();
  std::printf("%s, ", answer(result).c_str());
  std::fflush(stdout);
  _exit(126);
}

long mapped_pages() {
  long pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages;
}

// In a vfork child: what is taken there is taken from the parent, which shares its memory.
__attribute__((noinline)) pid_t start_by_vfork(char* const* argv, char* const* environment) {
  const pid_t pid = vfork();
  if (pid == 0) {
    execve(shell, argv, environment);
    _exit(126);
  }
  return pid;
}

std::string vfork_execve(const Arguments& a) {
  const std::vector<char*> arguments = shell_arguments(a[1]);
  char** const environment = environment_of(a[0]);
  std::string text = waited(start_by_vfork(arguments.data(), environment));
  const long before = mapped_pages();
  for (int i = 0; i < 20; ++i) text = waited(start_by_vfork(arguments.data(), environment));
  return text + (mapped_pages() == before ? ", nothing mapped" : ", something stayed mapped");
}

std::string spawned(int error, pid_t pid) {
  const std::string text = answer(error == 0 ? 0 : -1) + ", error " + std::to_string(error);
  return error == 0 ? text + ", " + waited(pid) : text;
}

std::string piped(FILE* (*open_pipe)(const char*, const char*), const Arguments& a) {
  environ = environment_of(a[0]);
  char** const before = environ;
  errno = mark;
  FILE* pipe = open_pipe(a[1].c_str(), "r");
  std::string text = answer(pipe == nullptr ? -1 : 0) + (environ == before ? "" : ", environ changed");
  for (int byte = 0; pipe != nullptr && (byte = fgetc(pipe)) != EOF;) text += static_cast<char>(byte);
  if (pipe != nullptr) text += ", status " + std::to_string(pclose(pipe));
  return text;
}

// spawn_open FOLDER PATH FLAGS MODE COMMAND: the command's output goes to what a file action opens. The child changes
// to FOLDER before, by path or, where it begins with "fd:", by descriptor; "" for not at all.
std::string spawn_open(const Arguments& a) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string& folder = a[0];
  if (folder.starts_with("fd:")) {
    posix_spawn_file_actions_addfchdir_np(&actions, open(folder.c_str() + 3, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  } else if (!folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  }
  errno = mark;
  int error = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, a[1].c_str(), flags_of(a[2]), mode_of(a, 3));
  const std::string added = answer(error == 0 ? 0 : -1);
  pid_t pid = 0;
  error = posix_spawn(&pid, shell, &actions, nullptr, shell_arguments(a[4]).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return added + ", error " + std::to_string(error) + (error == 0 ? ", " + waited(pid) : "");
}

void add_execs(Steps& s) {
  s["execve"] = [](const Arguments& a) {
    return in_child([&] { return execve(shell, shell_arguments(a[1]).data(), environment_of(a[0])); });
  };
  s["execv"] = [](const Arguments& a) {
    environ = environment_of(a[0]);
    return in_child([&] { return execv(shell, shell_arguments(a[1]).data()); });
  };
  s["execvp"] = [](const Arguments& a) {
    environ = environment_of(a[0]);
    return in_child([&] { return execvp("sh", shell_arguments(a[1]).data()); });
  };
  s["execvpe"] = [](const Arguments& a) {
    return in_child([&] { return execvpe("sh", shell_arguments(a[1]).data(), environment_of(a[0])); });
  };
  s["execl"] = [](const Arguments& a) {
    environ = environment_of(a[0]);
    return in_child([&] { return execl(shell, "sh", "-c", a[1].c_str(), nullptr); });
  };
  s["execlp"] = [](const Arguments& a) {
    environ = environment_of(a[0]);
    return in_child([&] { return execlp("sh", "sh", "-c", a[1].c_str(), nullptr); });
  };
  s["execle"] = [](const Arguments& a) {
    return in_child([&] { return execle(shell, "sh", "-c", a[1].c_str(), nullptr, environment_of(a[0])); });
  };
  s["fexecve"] = [](const Arguments& a) {
    const int fd = open(shell, O_RDONLY | O_CLOEXEC);
    return in_child([&] { return fexecve(fd, shell_arguments(a[1]).data(), environment_of(a[0])); });
  };
  s["execveat"] = [](const Arguments& a) {
    return in_child([&] { return execveat(AT_FDCWD, shell, shell_arguments(a[1]).data(), environment_of(a[0]), 0); });
  };
  s["vfork_execve"] = vfork_execve;
  s["overwrite-environment"] = [](const Arguments&) {
    for (char** variable = environ; *variable != nullptr; ++variable) std::memset(*variable, 'x', strlen(*variable));
    return std::string("done");
  };
}

void add_other_execs(Steps& s) {
  // Of a path, and of its argument: execveat_nofollow PATH.
  s["execveat_nofollow"] = [](const Arguments& a) {
    char* arguments[] = {const_cast<char*>(a[0].c_str()), nullptr};
    return in_child([&] { return execveat(AT_FDCWD, path_of(a[0]), arguments, environ, AT_SYMLINK_NOFOLLOW); });
  };
  s["execve_of"] = [](const Arguments& a) {
    char* arguments[] = {const_cast<char*>(a[0].c_str()), nullptr};
    return in_child([&] { return execve(path_of(a[0]), arguments, environ); });
  };
  // No variadic call has more than this one.
  s["execl_many"] = [](const Arguments& a) {
    return in_child([&] {
      return execl(shell, "sh", "-c", a[0].c_str(), "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", nullptr);
    });
  };
}

}  // namespace

Steps executing_steps() {
  Steps s;
  add_execs(s);
  add_other_execs(s);
  s["posix_spawn"] = [](const Arguments& a) {
    pid_t pid = 0;
    return spawned(posix_spawn(&pid, shell, nullptr, nullptr, shell_arguments(a[1]).data(), environment_of(a[0])), pid);
  };
  s["posix_spawnp"] = [](const Arguments& a) {
    pid_t pid = 0;
    return spawned(posix_spawnp(&pid, "sh", nullptr, nullptr, shell_arguments(a[1]).data(), environment_of(a[0])), pid);
  };
  s["spawn_open"] = spawn_open;
  s["system"] = [](const Arguments& a) {
    environ = environment_of(a[0]);
    char** const before = environ;
    errno = mark;
    return answer(system(a[1].c_str())) + (environ == before ? "" : ", environ changed");
  };
  s["popen"] = [](const Arguments& a) { return piped(popen, a); };
  s["_IO_popen"] = [](const Arguments& a) { return piped(_IO_popen, a); };
  return s;
}

}  // namespace memfile::probe
