#include "tests/support/sandbox.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace memfile::tests {

namespace fs = std::filesystem;

namespace {

std::string replaced(std::string text, const std::string& folder) {
  for (std::size_t at = 0; (at = text.find('@', at)) != std::string::npos; at += folder.size())
    text.replace(at, 1, folder);
  return text;
}

fs::path make_folder() {
  std::string pattern = (fs::temp_directory_path() / "memfile test XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
  return pattern;
}

bool is_foreign() { return std::getenv("MEMFILE_MACHINE") != nullptr; }

fs::path build_folder() {
  return is_foreign() ? source("build") / std::getenv("MEMFILE_MACHINE") : fs::path(MEMFILE_BINARY_FOLDER);
}

fs::path program_folder() { return build_folder() / (is_foreign() ? "run" : "bin"); }

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, Way way) {
  return stream << (way == Way::plain ? "plain" : way == Way::launcher ? "launcher" : "bare");
}

bool operator==(const Outcome& left, const Outcome& right) {
  return left.exit_code == right.exit_code && left.output == right.output;
}

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
  return stream << "exit code " << outcome.exit_code << ", output:\n" << outcome.output;
}

Sandbox::Sandbox(const std::string& rules) : top_(fs::canonical(make_folder())), folder_(top_ / "files") {
  fs::create_directory(folder_);
  set_rules(rules);
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  // With the directories: thousands of tests would leave thousands, and each test looks at all of them.
  for (const fs::path& directory : ram_directories()) {
    for (const char* kind : {"", ".record", ".owed"}) fs::remove_all(own_store() / kind / directory, ignored);
    fs::remove(own_store() / ".origin" / directory, ignored);
  }
  for (const fs::path& note : config_notes()) fs::remove(note, ignored);
  fs::remove_all(top_, ignored);
}

void Sandbox::set_rules(const std::string& rules) const {
  std::ofstream(rules_file()) << replaced(rules, folder_.string());
}

std::string Sandbox::prefix(Way way) const {
  switch (way) {
    case Way::plain:
      break;
    case Way::launcher:
      return "env " + quoted(source("scripts/memfile-run").string()) + " -c " + quoted(rules_file().string()) + " -- ";
    case Way::bare:
      return "env " + quoted("LD_LIBRARY_PATH=" + library_folders()) + " LD_PRELOAD=libmemfile_preload.so " +
             quoted("MEMFILE_CONFIG=" + rules_file().string()) + " ";
  }
  return "env ";
}

Outcome Sandbox::run(Way way, const std::string& command, const std::vector<std::string>& environment) const {
  std::string line = "cd " + quoted(folder_.string()) + " && { exec env ";
  for (const std::string& variable : environment) line += quoted(variable) + " ";
  line += prefix(way) + "sh -c " + quoted(command) + "; } 2>&1 </dev/null";
  FILE* pipe = popen(line.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("popen failed");
  Outcome outcome;
  std::array<char, 4096> buffer{};
  std::size_t size = 0;
  while ((size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0) outcome.output.append(buffer.data(), size);
  const int status = pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

void Sandbox::write(const std::string& name, const std::string& content) const {
  std::ofstream(folder_ / name, std::ios::binary) << content;
}

std::string Sandbox::read(const std::string& name) const { return content_of(folder_ / name); }

bool Sandbox::is_memfile(const std::string& name) const {
  std::error_code error;
  const fs::path target = fs::read_symlink(folder_ / name, error);
  return !error && target.string().starts_with(own_store().string() + "/") && fs::is_regular_file(target);
}

std::vector<fs::path> Sandbox::ram_directories() const {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& origin : fs::directory_iterator(own_store() / ".origin", error)) {
    const fs::path folder = fs::read_symlink(origin, error);
    if (error || !(folder.string() + "/").starts_with(top_.string() + "/")) continue;
    found.push_back(origin.path().filename());
  }
  return found;
}

std::vector<fs::path> Sandbox::config_notes() const {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& note : fs::directory_iterator(own_store() / ".config", error)) {
    // What -r and -x said is a file, and has the folder in it.
    const std::string text = note.is_symlink(error) ? fs::read_symlink(note, error).string() : content_of(note);
    if (text.find(top_.string() + "/") != std::string::npos) found.push_back(note);
  }
  return found;
}

std::vector<fs::path> Sandbox::entries(const fs::path& kind) const {
  std::vector<fs::path> found;
  std::error_code error;
  for (const fs::path& directory : ram_directories()) {
    for (const auto& entry : fs::directory_iterator(kind / directory, error)) found.push_back(entry);
  }
  return found;
}

std::vector<fs::path> Sandbox::ram_files() const { return entries(own_store()); }

std::vector<fs::path> Sandbox::owed() const { return entries(own_store() / ".owed"); }

std::vector<fs::path> Sandbox::kept() const {
  std::vector<fs::path> found;
  for (const char* kind : {"", ".record", ".owed"}) {
    for (const fs::path& entry : entries(own_store() / kind)) found.push_back(entry);
  }
  return found;
}

std::vector<std::string> possible(const std::vector<std::string>& steps) {
  const char* lacks = std::getenv("MEMFILE_LACKS");
  std::vector<std::string> left;
  for (const std::string& step : steps) {
    std::istringstream words(lacks == nullptr ? "" : lacks);
    bool is_possible = true;
    for (std::string word; words >> word;) is_possible = is_possible && step.find(word) == std::string::npos;
    if (is_possible) left.push_back(step);
  }
  return left;
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char byte : text) result += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  return result + "'";
}

fs::path own_store() {
  const std::string user = std::to_string(geteuid());
  const fs::path shared = fs::path("/dev/shm/memfile") / user;
  return fs::exists(shared) ? shared : fs::path("/dev/shm/memfile-" + user);
}

fs::path library_folder() { return build_folder() / "lib"; }
std::string library_folders() {
  const std::string own = own_library_folder().string();
  return is_foreign() ? library_folder().string() + ":" + own : own;
}
fs::path memfile_command() { return fs::path(MEMFILE_BINARY_FOLDER) / "bin" / "memfile"; }
fs::path probe() {
  const char* name = std::getenv("MEMFILE_PROBE");
  return program_folder() / (name == nullptr ? "probe" : name);
}
fs::path own_library_folder() { return fs::path(MEMFILE_BINARY_FOLDER) / "lib"; }
fs::path static_writer() { return fs::path(MEMFILE_BINARY_FOLDER) / "bin" / "static_writer"; }
fs::path without() { return fs::path(MEMFILE_BINARY_FOLDER) / "bin" / "without"; }
fs::path finder() { return program_folder() / "finder"; }
fs::path source(const std::string& name) { return fs::path(MEMFILE_SOURCE_FOLDER) / name; }

}  // namespace memfile::tests
