#include "store/companion.hpp"

#include <climits>

#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

std::string_view suffix_of(std::string_view name) {
  for (const std::string_view suffix : {"-wal", "-shm", "-journal"}) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) return suffix;
  }
  return {};
}

// The path of the database that the name is a companion's of. False if it is none's.
bool database_of(At at, PathText& database) {
  const std::string_view path = at.path;
  const std::string_view suffix = suffix_of(name_of(path));
  database << path.substr(0, path.size() - suffix.size());
  return !suffix.empty() && !database.is_cut();
}

}  // namespace

bool is_companion_name(std::string_view name) { return !suffix_of(name).empty(); }

bool has_database_on_disk(At at) {
  if (!is_companion_name(name_of(at.path))) return false;
  const PathBuffer database;
  kernel::Status status{};
  return database && database_of(at, *database) &&
         kernel::statx(at.dirfd, database->c_str(), AT_SYMLINK_NOFOLLOW, status) == 0 && S_ISREG(status.stx_mode);
}

bool find_companion_place(At at, RamPath& ram) {
  const std::string_view suffix = suffix_of(name_of(at.path));
  const PathBuffer database;
  if (!database || !database_of(at, *database)) return false;
  if (look({at.dirfd, database->c_str()}, ram) != Standing::memfile) return false;
  Text<NAME_MAX + 1> name;
  name << ram.name() << suffix;
  if (name.is_cut()) return false;
  ram.rename(name.view());
  return !ram.is_too_long();
}

bool find_companion_from_outside(At at, RamPath& ram) {
  if (!find_companion_place(at, ram) || !is_own(ram)) return false;
  kernel::Status status{};
  const bool is_there =
      kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, status) == 0 && S_ISREG(status.stx_mode);
  return is_there && !is_led_to(ram);
}

}  // namespace memfile::store
