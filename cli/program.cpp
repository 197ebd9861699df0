#include "cli/program.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <vector>

#include "config/words.hpp"

namespace memfile::cli {

namespace {

// The first bytes of a file: enough for program headers and for a script's first line.
std::vector<char> head_of(const std::string& path) {
  std::vector<char> head(16384);
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return head;
}

// Whether an ELF file asks for a dynamic loader. A file that is not understood is taken to do so.
template <class Header, class Segment>
bool has_loader(const std::vector<char>& head) {
  Header header;
  if (head.size() < sizeof header) return true;
  std::memcpy(&header, head.data(), sizeof header);
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Segment segment;
    const std::uint64_t offset = header.e_phoff + i * sizeof segment;
    if (offset > head.size() || head.size() - offset < sizeof segment) return true;
    std::memcpy(&segment, head.data() + static_cast<std::size_t>(offset), sizeof segment);
    if (segment.p_type == PT_INTERP) return true;
  }
  return false;
}

bool is_static(const std::vector<char>& head) {
  if (head.size() <= EI_CLASS || std::memcmp(head.data(), ELFMAG, SELFMAG) != 0) return false;
  return head[EI_CLASS] == ELFCLASS64 ? !has_loader<Elf64_Ehdr, Elf64_Phdr>(head)
                                      : !has_loader<Elf32_Ehdr, Elf32_Phdr>(head);
}

// The interpreter of a script, and what the first line says behind it.
struct Interpreter {
  std::string path;  // empty: no script
  std::string argument;
};

std::string take_word(std::string& line) {
  constexpr const char* blanks = " \t";
  line.erase(0, std::min(line.find_first_not_of(blanks), line.size()));
  std::string word = line.substr(0, line.find_first_of(blanks));
  line.erase(0, word.size());
  return word;
}

Interpreter interpreter_of(const std::vector<char>& head) {
  const std::string text(head.begin(), head.end());
  if (!text.starts_with("#!")) return {};
  std::string line = text.substr(2, text.find('\n') - 2);
  const std::string path = take_word(line);
  return {path, line};
}

// The path of a command, the first regular file in PATH that access() grants `mode` to.
std::optional<std::string> find_in_path(const std::string& name, int mode) {
  if (name.find('/') != std::string::npos) return name;
  const char* variable = std::getenv("PATH");
  std::string folders = variable == nullptr ? "/bin:/usr/bin" : variable;
  folders += ':';
  for (std::size_t end = 0; (end = folders.find(':')) != std::string::npos; folders.erase(0, end + 1)) {
    std::string path = (end == 0 ? "." : folders.substr(0, end)) + "/" + name;
    struct stat status {};
    if (stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), mode) == 0) return path;
  }
  return std::nullopt;
}

// The program that `env` starts: the first word that is neither an option nor an assignment.
std::string program_of_env(std::string words) {
  for (std::string word = take_word(words); !word.empty(); word = take_word(words)) {
    if (word.starts_with("-S")) word.erase(0, 2);
    const bool is_for_env = word.empty() || word.starts_with('-') || word.find('=') != std::string::npos;
    if (!is_for_env) return word;
  }
  return {};
}

// The path of what runs a script; nothing where that is not known.
std::optional<std::string> runner_of(const Interpreter& interpreter) {
  if (!interpreter.path.ends_with("/env")) return interpreter.path;
  const std::string name = program_of_env(interpreter.argument);
  return name.empty() ? std::nullopt : find_program(name);
}

// What makes ld.so start a program in secure mode; nothing if it does not.
const char* privilege(const std::string& path, const struct stat& status) {
  if ((status.st_mode & S_ISUID) != 0 && status.st_uid != geteuid()) return "is setuid";
  if ((status.st_mode & S_ISGID) != 0 && status.st_gid != getegid()) return "is setgid";
  // To root they give nothing that it has not got.
  const bool has_capabilities = getuid() != 0 && getxattr(path.c_str(), "security.capability", nullptr, 0) > 0;
  return has_capabilities ? "has file capabilities" : nullptr;
}

// `depth` is how many scripts led here; the kernel follows 5.
std::optional<std::string> obstacle_below(const std::string& path, int depth) {
  constexpr int deepest = 5;
  constexpr const char* consequence = "; memfile cannot reach it, and its files stay on disk";
  struct stat status {};
  if (depth > deepest || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  const std::vector<char> head = head_of(path);
  const Interpreter interpreter = interpreter_of(head);
  const std::string shown = config::printable(path);
  if (!interpreter.path.empty()) {
    for (const auto& runner : {std::optional(interpreter.path), runner_of(interpreter)}) {
      const auto inside = runner ? obstacle_below(*runner, depth + 1) : std::nullopt;
      if (inside) return shown + " is a script: " + *inside;
    }
    return std::nullopt;
  }
  if (is_static(head)) return shown + " is statically linked" + consequence;
  const char* word = privilege(path, status);
  return word == nullptr ? std::nullopt : std::optional(shown + " " + word + consequence);
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) { return find_in_path(name, X_OK); }

std::optional<std::string> obstacle(const std::string& path) { return obstacle_below(path, 0); }

StartFailure why_not_started(const std::string& name, int error) {
  constexpr int cannot_execute = 126;
  constexpr int not_found = 127;
  const std::string shown = name.empty() ? "\"\"" : config::printable(name);
  struct stat status {};
  const auto program = find_in_path(name, F_OK);
  const bool is_there = program && stat(program->c_str(), &status) == 0;
  const bool is_searched = name.find('/') == std::string::npos;
  // execvp says EACCES for a folder of PATH that may not be entered, too.
  if (is_searched && !is_there) return {not_found, shown + ": there is no such command in PATH"};
  if (error == ENOENT && !is_there) return {not_found, shown + ": there is no such file"};
  if (is_there && S_ISDIR(status.st_mode)) return {cannot_execute, shown + ": it is a folder"};
  const bool is_executable = is_there && access(program->c_str(), X_OK) == 0;
  const std::string interpreter = is_executable ? interpreter_of(head_of(*program)).path : "";
  if (error == EACCES && !is_executable) {
    return {cannot_execute, shown + ": you may not execute it; if it is a program, chmod +x makes it one"};
  }
  if (error == ENOENT && interpreter.empty()) {
    return {cannot_execute, shown + ": the loader that it asks for is not there"};
  }
  const std::string subject = interpreter.empty() ? "" : ": its interpreter " + config::printable(interpreter);
  return {cannot_execute, shown + subject + ": " + std::strerror(error)};
}

}  // namespace memfile::cli
