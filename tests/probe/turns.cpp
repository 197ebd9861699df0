#include "tests/probe/turns.hpp"

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace memfile::probe {

namespace {

std::string top;

std::optional<std::string> next_message() {
  static char buffer[1 << 16];
  const ssize_t size = recv(STDIN_FILENO, buffer, sizeof buffer, 0);
  if (size <= 0) return std::nullopt;
  return std::string(buffer, static_cast<std::size_t>(size));
}

void say(const std::string& text) {
  if (send(STDOUT_FILENO, text.data(), text.size(), MSG_NOSIGNAL) < 0) std::_Exit(3);
}

void replace_all(std::string& text, const std::string& what, const char* by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos;) text.replace(at, what.size(), by);
}

// The folder that it is in shows by `..`.
std::string told_from_folder(std::string text) {
  replace_all(text, top, "@");
  replace_all(text, top.substr(0, top.rfind('/')), "@/..");
  for (char& byte : text) {
    if (byte == '\n' || byte == '\0') byte = '|';
  }
  return text;
}

Arguments words_of(const std::string& message) {
  std::istringstream stream(message);
  Arguments words;
  for (std::string word; stream >> word;) {
    if (word == "$") word.clear();
    if (word.starts_with("@/")) word.replace(0, 1, top);
    words.push_back(word);
  }
  return words;
}

bool is_number(const std::string& word) { return word.size() == 1 && std::isdigit(word[0]) != 0; }

// The words before the step's name.
void take_prefixes(Arguments& words) {
  start_from_working_folder();
  while (words.size() > 1) {
    if (words[0].ends_with('=') && is_number(words[0].substr(0, words[0].size() - 1))) {
      keep_next_as(words[0].substr(0, 1));
    } else if (words[0].starts_with('@') && is_number(words[0].substr(1))) {
      start_from(words[0].substr(1));
    } else {
      return;
    }
    words.erase(words.begin());
  }
}

std::string taken(const Steps& steps, Arguments words) try {
  take_prefixes(words);
  const auto step = words.empty() ? steps.end() : steps.find(words[0]);
  if (step == steps.end()) return "there is no such step";
  words.erase(words.begin());
  errno = mark;
  return told_from_folder(step->second(words));
} catch (const std::out_of_range&) {
  return "nothing is kept there";
} catch (const std::invalid_argument&) {
  return "a word is wrong";
}

int take_steps(const Steps& steps, const std::string& folder) {
  top = folder;
  if (chdir(folder.c_str()) != 0) return 2;
  say("begun");
  while (const auto message = next_message()) {
    if (*message == "end") return 0;
    say(taken(steps, words_of(*message)));
  }
  return 0;
}

std::string ending(int status) {
  return WIFSIGNALED(status) ? "killed by signal " + std::to_string(WTERMSIG(status))
                             : "ended with " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

int take_turns(const Steps& steps) {
  while (const auto message = next_message()) {
    if (!message->starts_with("begin ")) {
      say("nobody has begun");
      continue;
    }
    const pid_t child = fork();
    if (child == 0) return take_steps(steps, message->substr(std::strlen("begin ")));
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return 3;
    say(ending(status));
  }
  return 0;
}

const std::string& turn_folder() { return top; }

}  // namespace memfile::probe
