#include "cli/given_rules.hpp"

#include <cstring>
#include <unistd.h>

#include "cli/library.hpp"
#include "config/location.hpp"
#include "config/reader.hpp"
#include "config/words.hpp"
#include "store/config_note.hpp"
#include "store/kernel.hpp"

namespace memfile::cli {

namespace {

bool add_rules(config::Config& config, const std::vector<std::string>& patterns, const char* option,
               config::Action action, const config::Environment& environment) {
  for (const std::string& written : patterns) {
    const auto pattern =
        config::read_pattern(written, {.file = "", .base = environment.working_folder, .home = environment.home});
    if (!pattern) {
      complain(std::string(option) + " " + config::in_quotes(written) + ": " + pattern.problem().text());
      return false;
    }
    config::Rule rule;
    rule.match = {*pattern};
    rule.action = action;
    config.rules.push_back(rule);
  }
  return true;
}

// 0 or -errno. A whole file or none: the name is given last.
int write_file(const std::string& path, std::string_view text) {
  const std::string fresh = path + "." + std::to_string(getpid());
  kernel::unlinkat(AT_FDCWD, fresh.c_str());
  const int fd = kernel::openat(AT_FDCWD, fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fd;
  ssize_t result = 0;
  while (!text.empty() && (result = kernel::write(fd, text.data(), text.size())) > 0) {
    text.remove_prefix(static_cast<std::size_t>(result));
  }
  // Children may run as another user.
  if (result >= 0) result = kernel::fchmod(fd, 0644);
  kernel::close(fd);
  if (result >= 0) result = kernel::renameat(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str());
  if (result < 0) kernel::unlinkat(AT_FDCWD, fresh.c_str());
  return static_cast<int>(result);
}

}  // namespace

std::optional<config::Config> with_given_rules(config::Config config, const RunOptions& options) {
  const config::Environment environment = config::Environment::of_process();
  if (environment.working_folder.empty()) {
    complain("the working folder, where the patterns of -r and -x start, cannot be told");
    return std::nullopt;
  }
  if (config.file.empty()) config.base = environment.working_folder;
  const std::vector<config::Rule> own = std::move(config.rules);
  config.rules.clear();
  if (!add_rules(config, options.disk, "-x", config::Action::disk, environment)) return std::nullopt;
  if (!add_rules(config, options.ram, "-r", config::Action::ram, environment)) return std::nullopt;
  config.rules.insert(config.rules.end(), own.begin(), own.end());
  return config;
}

std::optional<std::string> leave_in_store(const config::Config& config) {
  const auto folder = folder_in_store(config.store, store::config_directory);
  if (!folder) {
    complain("there can be no store below " + config::printable(config.store) +
             ", where the rules of -r and -x would be left; is it a folder that you may write to?");
    return std::nullopt;
  }
  const std::string text = config::to_json(config);
  char name[store::config_name_size];
  store::name_config(text, name);
  std::string path = *folder + "/" + std::string(name, sizeof name) + ".json";
  const int result = write_file(path, text);
  if (result == 0) return path;
  complain(path + ", where the rules of -r and -x would be left: " + std::strerror(-result));
  return std::nullopt;
}

}  // namespace memfile::cli
