#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "config/location.hpp"
#include "config/reader.hpp"
#include "store/store.hpp"

namespace memfile::cli {

namespace {

namespace fs = std::filesystem;

constexpr int cannot_execute = 126;
constexpr int not_found = 127;
constexpr const char* library_name = "libmemfile_preload.so";

std::optional<fs::path> find_library() {
  std::error_code error;
  const fs::path command = fs::read_symlink("/proc/self/exe", error);
  for (const char* folder : {"../lib", "../lib/" MEMFILE_ARCHITECTURE}) {
    const fs::path library = command.parent_path() / folder / library_name;
    if (fs::exists(library, error)) return library.lexically_normal();
  }
  return std::nullopt;
}

// A folder of the store's for things of the launcher's, made if it is missing.
std::optional<std::string> folder_in_store(const std::string& root, std::string_view name) {
  store::Store store;
  const store::Settings settings{.root = root.c_str()};
  if (!store::Store::open(settings, geteuid(), store::IfMissing::make, store)) return std::nullopt;
  const std::string folder = std::string(store.path()) + "/" + std::string(name);
  if (!store::make_directory(folder.c_str(), 0711)) return std::nullopt;
  return folder;
}

std::string name_for(std::string_view content) {
  char name[12];
  store::to_base32(store::keyed_hash({}, content), name);
  return {name, sizeof name};
}

// ld.so splits LD_PRELOAD at blanks and colons: a library below such a folder is named by a link without.
std::optional<std::string> preloadable(const std::string& library, const std::string& root) {
  if (library.find_first_of(" \t:") == std::string::npos) return library;
  const auto folder = folder_in_store(root, store::library_directory);
  if (!folder || folder->find_first_of(" \t:") != std::string::npos) return std::nullopt;
  const std::string link = *folder + "/" + name_for(library) + ".so";
  std::error_code error;
  fs::create_symlink(library, link, error);
  return fs::exists(link, error) ? std::optional(link) : std::nullopt;
}

std::optional<config::Rule> rule_of(const std::string& written, config::Action action) {
  const config::Environment environment = config::Environment::of_process();
  const auto pattern =
      config::read_pattern(written, {.file = "", .base = environment.working_folder, .home = environment.home});
  if (!pattern) {
    complain(pattern.problem().text());
    return std::nullopt;
  }
  config::Rule rule;
  rule.match = {*pattern};
  rule.action = action;
  return rule;
}

// Rules of the command line stand before the config's, -x first. The whole is left in the store, so that it can be
// found by children and by commands that run later.
std::optional<std::string> write_config(config::Config config, const RunOptions& options) {
  std::vector<config::Rule> rules;
  for (const std::string& written : options.disk) {
    const auto rule = rule_of(written, config::Action::disk);
    if (!rule) return std::nullopt;
    rules.push_back(*rule);
  }
  for (const std::string& written : options.ram) {
    const auto rule = rule_of(written, config::Action::ram);
    if (!rule) return std::nullopt;
    rules.push_back(*rule);
  }
  config.rules.insert(config.rules.begin(), rules.begin(), rules.end());
  const std::string text = config::to_json(config);
  const auto folder = folder_in_store(config.store, store::config_directory);
  if (!folder) {
    complain("there is no store below " + config.store +
             " to leave the rules of -r and -x in; write them into a config");
    return std::nullopt;
  }
  const std::string path = *folder + "/" + name_for(text) + ".json";
  const std::string fresh = path + "." + std::to_string(getpid());
  std::ofstream(fresh) << text;
  std::error_code error;
  fs::rename(fresh, path, error);
  return error ? std::nullopt : std::optional(path);
}

void say_what_comes_later(const config::Config& config) {
  bool has_ending = false;
  bool has_load = false;
  for (const config::Rule& rule : config.rules) {
    has_ending = has_ending || rule.on_exit != config::Ending::keep || rule.on_shutdown != config::Ending::keep;
    has_load = has_load || rule.existing == config::Existing::load;
  }
  if (has_ending) complain("on_exit and on_shutdown are not done yet by this version: memfiles stay in RAM");
  if (has_load) complain("\"existing\": \"load\" is not done yet by this version: files on disk stay there");
}

int start(const RunOptions& options) {
  const auto program = find_program(options.command.front());
  if (program) {
    if (const auto sentence = obstacle(*program)) complain(*sentence);
  }
  std::vector<char*> arguments;
  for (const std::string& argument : options.command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  const int error = errno;
  complain(options.command.front() + ": " + std::strerror(error));
  return error == ENOENT ? not_found : cannot_execute;
}

}  // namespace

int run(const RunOptions& options) {
  const bool is_by_patterns = !options.ram.empty() || !options.disk.empty();
  config::Config config;
  if (!is_by_patterns || options.config) {
    const auto found = find_config(options.config);
    if (!found) return usage;
    config = *found;
  }
  std::string config_path = config.file;
  if (is_by_patterns) {
    const auto written = write_config(config, options);
    if (!written) return usage;
    config_path = *written;
  }
  const auto library = find_library();
  const auto named = library ? preloadable(library->string(), config.store) : std::nullopt;
  if (!named) {
    complain(std::string(library_name) + " is not where it belongs, beside the command in ../lib");
    return usage;
  }
  const char* before = std::getenv("LD_PRELOAD");
  const std::string preload = before == nullptr || *before == '\0' ? *named : *named + ":" + before;
  say_what_comes_later(config);
  setenv("LD_PRELOAD", preload.c_str(), 1);
  setenv("MEMFILE_CONFIG", config_path.c_str(), 1);
  return start(options);
}

}  // namespace memfile::cli
