#include <cstdio>
#include <filesystem>
#include <unistd.h>

#include "cli/commands.hpp"
#include "config/location.hpp"
#include "config/reader.hpp"

namespace memfile::cli {

void complain(const std::string& text) { std::fprintf(stderr, "memfile: %s\n", text.c_str()); }

std::optional<config::Config> find_config(const std::optional<std::string>& named) {
  config::Environment environment = config::Environment::of_process();
  if (named) environment.memfile_config = *named;
  const auto surroundings = config::locate_for_launcher(environment, geteuid());
  if (!surroundings) {
    complain(
        "no config: name one with -c or MEMFILE_CONFIG, or write ./.memfile.json or ~/.config/memfile/config.json");
    return std::nullopt;
  }
  auto config = config::read_file(*surroundings);
  if (!config) {
    complain(config.problem().text());
    return std::nullopt;
  }
  return *config;
}

}  // namespace memfile::cli
