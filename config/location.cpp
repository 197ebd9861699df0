#include "config/location.hpp"

#include <climits>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

#include "config/pattern.hpp"

namespace memfile::config {
namespace {

constexpr const char* system_config = "/etc/memfile/config.json";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool is_absolute(const std::string& path) { return path.starts_with('/'); }

// Empty where there is no home to look in. The XDG base directory specification: a relative XDG_CONFIG_HOME is ignored.
std::string user_config(const Environment& environment) {
  if (is_absolute(environment.xdg_config_home)) return environment.xdg_config_home + "/memfile/config.json";
  if (is_absolute(environment.home)) return environment.home + "/.config/memfile/config.json";
  return {};
}

std::optional<struct stat> status(const std::string& file) {
  struct stat found {};
  if (file.empty() || ::stat(file.c_str(), &found) != 0) return {};
  return found;
}

// The launcher names the user's config in MEMFILE_CONFIG for its children: its base has to be the same there.
Surroundings surroundings(const Environment& environment, const std::string& file) {
  const std::string user = user_config(environment);
  const bool is_everywhere = file == system_config || (!user.empty() && normalised(file) == normalised(user));
  std::string folder = "/";
  if (!is_everywhere && is_absolute(file)) folder = collapsed(file.substr(0, file.rfind('/')));
  return {file, folder, is_absolute(environment.home) ? environment.home : std::string()};
}

// An absolute path without "..", which only the kernel understands behind a symbolic link. As it was where its folder
// is not there: then the file is not, either.
std::string without_parents(const std::string& file) {
  if (file.find("/../") == std::string::npos) return file;
  const std::size_t slash = file.rfind('/');
  char* folder = ::realpath(file.substr(0, slash).c_str(), nullptr);
  if (folder == nullptr) return file;
  std::string result = collapsed(folder + file.substr(slash));
  std::free(folder);
  return result;
}

std::optional<Surroundings> named(const Environment& environment) {
  std::string file = environment.memfile_config;
  if (file.empty()) return {};
  if (!is_absolute(file) && !environment.working_folder.empty()) file = environment.working_folder + '/' + file;
  return surroundings(environment, is_absolute(file) ? without_parents(collapsed(file)) : file);
}

std::optional<Surroundings> installed(const Environment& environment) {
  for (const std::string& file : {user_config(environment), std::string(system_config)}) {
    if (status(file)) return surroundings(environment, file);
  }
  return {};
}

}  // namespace

Environment Environment::of_process() {
  std::string folder;
  char path[PATH_MAX];
  // The kernel calls a folder outside of this root "(unreachable)...".
  if (::getcwd(path, sizeof path) != nullptr && path[0] == '/') folder = path;
  const std::string given_home = variable("MEMFILE_HOME");
  return {variable("MEMFILE_CONFIG"), variable("XDG_CONFIG_HOME"), given_home.empty() ? variable("HOME") : given_home,
          folder};
}

std::optional<Surroundings> locate(const Environment& environment) {
  if (auto found = named(environment)) return found;
  return installed(environment);
}

std::optional<Surroundings> locate_for_launcher(const Environment& environment, unsigned user) {
  if (auto found = named(environment)) return found;
  if (!environment.working_folder.empty()) {
    const std::string file = collapsed(environment.working_folder + "/.memfile.json");
    const auto found = status(file);
    struct stat name {};
    const auto is_trusted = [user](const struct stat& s) { return s.st_uid == user || s.st_uid == 0; };
    // Both the name and, where that is a link, the file: anybody can make a link to somebody's config.
    if (found && ::lstat(file.c_str(), &name) == 0 && is_trusted(*found) && is_trusted(name)) {
      return surroundings(environment, file);
    }
  }
  return installed(environment);
}

}  // namespace memfile::config
