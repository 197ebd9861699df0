#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/configs.hpp"
#include "cli/given_rules.hpp"
#include "cli/library.hpp"
#include "cli/program.hpp"
#include "cli/unfinished.hpp"
#include "config/words.hpp"

namespace memfile::cli {

namespace {

// What the program is to run under: a config with a file.
std::optional<config::Config> config_for(const RunOptions& options) {
  config::Config config;
  // -r says all that has to be known; -x only takes away from what a config says.
  if (options.ram.empty() || options.config) {
    const auto found = find_config(options.config);
    if (!found) return std::nullopt;
    config = *found;
  }
  if (options.ram.empty() && options.disk.empty()) return config;
  auto whole = with_given_rules(config, options);
  if (!whole) return std::nullopt;
  const auto file = leave_in_store(*whole);
  if (!file) return std::nullopt;
  whole->file = *file;
  return whole;
}

std::optional<std::string> library_for(const config::Config& config) {
  const auto library = find_library();
  if (!library) {
    complain("libmemfile_preload.so is not where it belongs: beside the memfile command's folder, in ../lib");
    return std::nullopt;
  }
  auto word = preloadable(*library, config.store);
  if (!word) {
    complain(config::printable(*library) +
             " has a blank or a colon in its path, where ld.so would split it, and no link to it can be left in a "
             "store below " +
             config::printable(config.store));
  }
  return word;
}

void say_what_will_not_happen(const config::Config& config) {
  for (const std::string& sentence : unfinished(config)) complain(sentence);
  const char* log = std::getenv("MEMFILE_LOG");
  const bool has_log = log != nullptr && *log != '\0';
  if (has_log && *log != '/' && std::strcmp(log, "stderr") != 0) {
    complain("MEMFILE_LOG is neither \"stderr\" nor an absolute path: nothing is logged");
  }
}

int start(const RunOptions& options) {
  if (const auto program = find_program(options.command.front())) {
    if (const auto sentence = obstacle(*program)) complain(*sentence);
  }
  std::vector<char*> arguments;
  for (const std::string& argument : options.command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  const StartFailure failure = why_not_started(options.command.front(), errno);
  complain(failure.sentence);
  return failure.exit_code;
}

}  // namespace

int run(const RunOptions& options) {
  if (const auto sentence = unfinished(options)) {
    complain(*sentence);
    return usage;
  }
  const auto config = config_for(options);
  if (!config) return usage;
  const auto library = library_for(*config);
  if (!library) return usage;
  say_what_will_not_happen(*config);
  setenv("LD_PRELOAD", preload_with(*library, std::getenv("LD_PRELOAD")).c_str(), 1);
  setenv("MEMFILE_CONFIG", config->file.c_str(), 1);
  return start(options);
}

}  // namespace memfile::cli
