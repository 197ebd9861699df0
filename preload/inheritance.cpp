#include "preload/inheritance.hpp"

#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "store/at.hpp"

namespace memfile::preload {

namespace {

const char* keep(const std::string& text) {
  char* const kept = new char[text.size() + 1];
  std::memcpy(kept, text.c_str(), text.size() + 1);
  return kept;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string last_component(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::vector<std::string> split(const std::string& list, const char* separators) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find_first_of(separators, at), list.size());
    if (end > at) words.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// With its folder resolved.
std::string absolute(const std::string& path) {
  const store::PathBuffer resolved;
  const bool is_resolved = resolved && store::resolve({AT_FDCWD, path.c_str()}, *resolved);
  return is_resolved ? std::string(resolved->view()) : path;
}

// As it is spelled, where it does not start from the working folder.
std::string absolute_folder(const std::string& folder) {
  if (folder.starts_with('/')) return folder;
  const store::PathBuffer resolved;
  const std::string inside = folder + "/-";
  const bool is_resolved = resolved && store::resolve_folder({AT_FDCWD, inside.c_str()}, *resolved);
  return is_resolved ? std::string(resolved->view()) : folder;
}

// As LD_PRELOAD spells it, but for a path that starts from a working folder which children may not have.
std::string spelling(const std::string& library) {
  const std::string name = last_component(library);
  for (const std::string& word : split(variable("LD_PRELOAD"), " :")) {
    if (last_component(word) != name) continue;
    const bool is_anywhere = word.starts_with('/') || word.find('/') == std::string::npos || word.starts_with('$');
    return is_anywhere ? word : absolute(library);
  }
  return absolute(library);
}

std::string folders_with(const std::string& name) {
  std::string folders;
  for (const std::string& folder : split(variable("LD_LIBRARY_PATH"), ":;")) {
    if (access((folder + "/" + name).c_str(), F_OK) != 0) continue;
    folders += (folders.empty() ? "" : ":") + absolute_folder(folder);
  }
  return folders;
}

}  // namespace

Inheritance learn_inheritance(const std::string& library, const config::Environment& environment,
                              const std::string& config_file) {
  Inheritance inheritance;
  std::string spelled = spelling(library);
  // ld.so cannot be told of such a path.
  if (spelled.find_first_of(":;") != std::string::npos) return inheritance;
  std::string folders;
  if (spelled.find(' ') != std::string::npos) {
    // LD_PRELOAD takes no blank, a folder of LD_LIBRARY_PATH may have one.
    folders = spelled.substr(0, spelled.rfind('/'));
    spelled = last_component(spelled);
  } else if (spelled.find('/') == std::string::npos) {
    folders = folders_with(spelled);
  }
  inheritance.preload = keep("LD_PRELOAD=" + spelled);
  if (!folders.empty()) inheritance.folders = keep("LD_LIBRARY_PATH=" + folders);
  inheritance.config = keep("MEMFILE_CONFIG=" + config_file);
  inheritance.is_config_named = !environment.memfile_config.empty();
  const std::string log = variable("MEMFILE_LOG");
  if (!log.empty()) inheritance.log = keep("MEMFILE_LOG=" + log);
  if (!environment.home.empty()) inheritance.home = keep("MEMFILE_HOME=" + environment.home);
  return inheritance;
}

}  // namespace memfile::preload
