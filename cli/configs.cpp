#include "cli/configs.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "config/location.hpp"
#include "config/reader.hpp"
#include "store/kernel.hpp"

namespace memfile::cli {

namespace {

namespace fs = std::filesystem;

std::string resolve(const std::string& folder) {
  std::error_code error;
  const auto resolved = fs::canonical(folder, error);
  return error ? folder : resolved.string();
}

struct Note {
  std::string config;
  timespec noted;
};

std::vector<Note> notes_in(const store::Store& store) {
  std::vector<Note> notes;
  std::error_code error;
  const fs::path folder = fs::path(store.path()) / store::config_directory;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    struct stat status {};
    if (lstat(entry.path().c_str(), &status) != 0) continue;
    const bool is_written_by_launcher = S_ISREG(status.st_mode) && entry.path().extension() == ".json";
    if (S_ISLNK(status.st_mode)) notes.push_back({fs::read_symlink(entry.path(), error).string(), status.st_mtim});
    if (is_written_by_launcher) notes.push_back({entry.path().string(), status.st_mtim});
  }
  std::sort(notes.begin(), notes.end(), [](const Note& left, const Note& right) {
    return std::tie(left.noted.tv_sec, left.noted.tv_nsec) > std::tie(right.noted.tv_sec, right.noted.tv_nsec);
  });
  return notes;
}

}  // namespace

void complain(const std::string& text) { std::fprintf(stderr, "memfile: %s\n", text.c_str()); }

Found search_config(const std::optional<std::string>& named) {
  if (named && named->empty()) {
    complain("the name of the config is empty");
    return {.outcome = Search::wrong, .config = {}};
  }
  config::Environment environment = config::Environment::of_process();
  if (named) environment.memfile_config = *named;
  const auto surroundings = config::locate_for_launcher(environment, kernel::geteuid());
  if (!surroundings) return {};
  const auto config = config::read_file(*surroundings);
  if (!config) {
    complain(config.problem().text());
    return {.outcome = Search::wrong, .config = {}};
  }
  return {.outcome = Search::found, .config = *config};
}

std::optional<config::Config> find_config(const std::optional<std::string>& named) {
  const Found found = search_config(named);
  if (found.outcome == Search::found) return found.config;
  if (found.outcome == Search::none) {
    complain(
        "no config: name one with -c or MEMFILE_CONFIG, or write ./.memfile.json or ~/.config/memfile/config.json");
  }
  return std::nullopt;
}

Judge::Judge(config::Config config) : config_(std::move(config)), bytes_(config::compile(config_, resolve)) {}

config::Decision Judge::decide(const std::string& path) const { return config::Table(bytes_).decide(path); }

std::string Judge::place_of(int rule) const {
  return config_.file + ":" + std::to_string(config_.rules[static_cast<std::size_t>(rule)].position.line);
}

std::vector<Judge> judges_of(const store::Store& store) {
  std::vector<Judge> judges;
  config::Environment environment = config::Environment::of_process();
  for (const Note& note : notes_in(store)) {
    environment.memfile_config = note.config;
    const auto surroundings = config::locate(environment);
    if (!surroundings) continue;
    auto config = config::read_file(*surroundings);
    if (config) judges.emplace_back(*config);
  }
  return judges;
}

}  // namespace memfile::cli
