#include "tests/differential/process.hpp"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace memfile::differential {

namespace {

constexpr int patience = 10'000;  // milliseconds
const std::string no_answer = "no answer";

std::vector<char*> pointers_of(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Process::Process(std::vector<std::string> words, std::vector<std::string> environment)
    : words_(std::move(words)), environment_(std::move(environment)) {
  start();
}

Process::~Process() { stop(); }

void Process::start() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) throw std::runtime_error("no socket");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  // What another thread has open this moment, a config that it writes: descriptors are numbered alike in all worlds.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int error = posix_spawn(&pid_, words_[0].c_str(), &actions, &attributes, pointers_of(words_).data(),
                                pointers_of(environment_).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(ends[1]);
  socket_ = ends[0];
  has_begun_ = false;
  if (error != 0) throw std::runtime_error("cannot be started: " + words_[0]);
}

void Process::stop() {
  close(socket_);
  kill(-pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Process::send(const std::string& step) {
  // What is not sent is not answered.
  (void)::send(socket_, step.data(), step.size(), MSG_NOSIGNAL);
}

std::string Process::answer() {
  pollfd waiting{socket_, POLLIN, 0};
  char buffer[1 << 16];
  ssize_t size = 0;
  if (poll(&waiting, 1, patience) == 1) size = recv(socket_, buffer, sizeof buffer, 0);
  if (size <= 0) {
    stop();
    start();
    return no_answer;
  }
  std::string text(buffer, static_cast<std::size_t>(size));
  // So the first process says of the child that took the steps.
  if (text.starts_with("ended with ") || text.starts_with("killed by ")) has_begun_ = false;
  return text;
}

bool Process::begin(const std::string& folder) {
  send("begin " + folder);
  has_begun_ = answer() == "begun";
  return has_begun_;
}

void Process::send_end() { send("end"); }

}  // namespace memfile::differential
