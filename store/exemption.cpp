#include "store/exemption.hpp"

namespace memfile::store {

namespace {

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// Any user's store: programs change users.
bool is_in_store(std::string_view path, std::string_view root) {
  constexpr std::string_view shared = "/memfile";
  if (!path.starts_with(root)) return false;
  path.remove_prefix(root.size());
  if (is_below(path, shared)) return true;
  constexpr std::string_view own = "/memfile-";
  if (!path.starts_with(own)) return false;
  path.remove_prefix(own.size());
  const std::string_view user = path.substr(0, path.find('/'));
  return !user.empty() && user.find_first_not_of("0123456789") == std::string_view::npos;
}

// X-mjHHHHHH9HH, as SQLite names it. The journals of the databases name it, and where it is gone nothing is rolled
// back: lost with the RAM, it would leave half a transaction in those that are on disk.
bool is_super_journal(std::string_view path) {
  constexpr std::string_view begin = "-mj";
  constexpr std::size_t size = 12;
  constexpr std::size_t place_of_nine = 9;
  if (path.size() <= size) return false;
  const std::string_view suffix = path.substr(path.size() - size);
  return suffix.starts_with(begin) && suffix[place_of_nine] == '9' &&
         suffix.find_first_not_of("0123456789ABCDEF", begin.size()) == std::string_view::npos;
}

}  // namespace

Exemption exemption(std::string_view path, const Settings& settings, std::string_view library) {
  // The usual store is below /dev, and worth its own word.
  if (is_in_store(path, settings.root)) return Exemption::store;
  for (const std::string_view folder : {"/dev", "/proc", "/sys"}) {
    if (is_below(path, folder)) return Exemption::system_folder;
  }
  if (path == settings.config) return Exemption::config;
  if (is_super_journal(path)) return Exemption::super_journal;
  return path == library ? Exemption::library : Exemption::none;
}

}  // namespace memfile::store
