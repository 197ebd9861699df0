// Where a config is looked for. Reads the environment that it is given, and asks which files and folders exist;
// nothing else.
#pragma once
#include <optional>
#include <string>

#include "config/reader.hpp"

namespace memfile::config {

// The environment variables that matter here; an empty one counts as unset.
struct Environment {
  std::string memfile_config;   // MEMFILE_CONFIG, may be relative
  std::string xdg_config_home;  // XDG_CONFIG_HOME
  std::string home;             // MEMFILE_HOME, which the library leaves to a child that has no HOME, else HOME
  std::string working_folder;   // absolute

  [[nodiscard]] static Environment of_process();
};

// MEMFILE_CONFIG, whether it exists or not; else the user's; else the system's config. Gives the file (without "." and
// ".."), its default base
// ("/" for the user's and the system's config, else the config's folder) and home. Nothing: there is no config.
[[nodiscard]] std::optional<Surroundings> locate(const Environment& environment);

// The same for the launcher: ./.memfile.json comes after MEMFILE_CONFIG, if `user` or root owns it.
[[nodiscard]] std::optional<Surroundings> locate_for_launcher(const Environment& environment, unsigned user);

}  // namespace memfile::config
