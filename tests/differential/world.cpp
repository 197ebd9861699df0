#include "tests/differential/world.hpp"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "tests/support/sandbox.hpp"

namespace memfile::differential {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view names_of_processes = "012o";

// With their times: the owner's rights are all that changes.
void unlock_folder(const fs::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return;
  if ((status.st_mode & S_IRWXU) != S_IRWXU) chmod(path.c_str(), status.st_mode | S_IRWXU);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    if (!entry.is_symlink(error) && entry.is_directory(error)) unlock_folder(entry);
  }
}

}  // namespace

World::World(Kind kind, const fs::path& disk, fs::path ram)
    : kind_(kind), folder_(disk / (kind == Kind::plain ? "plain" : "inram") / "top"), ram_(std::move(ram)) {
  if (kind_ == Kind::plain) return;
  config_ = disk / "rules.json";
  std::ofstream(config_) << R"({"version": 1, "base": ")" << folder_.string() << R"(", "store": ")" << ram_.string()
                         << "\", " << rules << "}\n";
}

void World::begin() {
  struct stat status {};
  // What a step has done to the folder itself is not to last.
  if (lstat(folder_.parent_path().c_str(), &status) == 0) {
    unlock();
    fs::remove_all(folder_.parent_path());
  }
  fs::create_directories(folder_);
  if (kind_ == Kind::memfile) wipe_store();
}

Process& World::process(char name) {
  auto& process = processes_.at(names_of_processes.find(name));
  if (!process) {
    process = std::make_unique<Process>(std::vector<std::string>{tests::probe().string(), "-"}, environment(name));
  }
  return *process;
}

std::vector<std::string> World::environment(char name) const {
  std::vector<std::string> variables{"PATH=/usr/bin:/bin", "LC_ALL=C"};
  if (kind_ == Kind::memfile && is_inside(name)) {
    variables.push_back("LD_LIBRARY_PATH=" + tests::library_folder().string());
    variables.emplace_back("LD_PRELOAD=libmemfile_preload.so");
    variables.push_back("MEMFILE_CONFIG=" + config_.string());
  }
  return variables;
}

void World::send(const Step& step) {
  Process& taker = process(step.process);
  if (taker.has_begun() || taker.begin(folder_.string())) taker.send(step.line());
}

// Of a folder that may not be entered a step says so itself.
std::string World::answer(const Step& step) {
  Process& taker = process(step.process);
  return taker.has_begun() ? taker.answer() : "cannot begin";
}

std::string World::end(char name) {
  const auto& taker = processes_.at(names_of_processes.find(name));
  if (!taker || !taker->has_begun()) return "";
  taker->send_end();
  return taker->answer();
}

std::string World::end_all() {
  std::string text;
  for (const char name : names_of_processes) {
    const std::string ending = end(name);
    if (!ending.empty()) text += std::string(text.empty() ? "" : ", ") + name + " " + ending;
  }
  return text;
}

void World::unlock() const { unlock_folder(folder_.parent_path()); }

fs::path World::store() const { return ram_ / ("memfile-" + std::to_string(geteuid())); }

std::vector<fs::path> World::memfiles() const {
  std::vector<fs::path> found;
  std::error_code error;
  const std::string beginning = store().string() + "/";
  for (fs::recursive_directory_iterator at(folder_, fs::directory_options::skip_permission_denied, error), end;
       at != end; at.increment(error)) {
    if (at->is_symlink(error) && fs::read_symlink(at->path(), error).string().starts_with(beginning)) {
      found.push_back(at->path().lexically_relative(folder_));
    }
  }
  return found;
}

void World::lose(const std::vector<fs::path>& names) const {
  for (const fs::path& name : names) {
    const fs::path path = folder_ / name;
    struct stat before {};
    const bool is_known = stat(path.parent_path().c_str(), &before) == 0;
    unlink(path.c_str());
    const timespec times[2] = {before.st_atim, before.st_mtim};
    if (is_known) utimensat(AT_FDCWD, path.parent_path().c_str(), static_cast<const timespec*>(times), 0);
  }
}

std::vector<fs::path> World::ram_files() const {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& directory : fs::directory_iterator(store(), error)) {
    if (directory.path().filename().string().starts_with(".")) continue;
    for (const auto& file : fs::directory_iterator(directory, error)) found.push_back(file);
  }
  return found;
}

void World::wipe_store() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(store(), error)) {
    const std::string name = entry.path().filename();
    if (name != ".private" && name != ".compiled" && name != ".config") fs::remove_all(entry, error);
  }
  const fs::path key = store() / ".private" / "key";
  std::string text = fs::read_symlink(key, error).string();
  if (error) return;
  constexpr std::size_t boot_characters = 2;
  std::rotate(text.begin(), text.begin() + 1, text.end() - boot_characters);
  fs::remove(key, error);
  fs::create_symlink(text, key, error);
}

}  // namespace memfile::differential
