#include "store/owed.hpp"

#include "store/descriptor.hpp"
#include "store/folder_entries.hpp"
#include "store/look.hpp"
#include "store/record.hpp"
#include "store/saving.hpp"

namespace memfile::store {

namespace {

void save_one(const RamPath& ram) {
  PathBuffer path;
  if (!path || !noted_path(ram, *path)) return;
  const At at{AT_FDCWD, path->c_str()};
  RamPath standing;
  if (look(at, standing) == Standing::memfile && standing.view() == ram.view()) (void)save(at, ram, Flush::folder);
}

}  // namespace

void save_owed(const Store& store) {
  StoreText path;
  path << store.path() << '/' << owed_directory;
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor owed(kernel::openat(AT_FDCWD, path.c_str(), flags));
  if (owed.get() < 0) return;
  (void)visit_names(owed.get(), [&](const char* directory) {
    if (!is_directory_name(directory)) return true;
    const Descriptor notes(kernel::openat(owed.get(), directory, flags));
    if (notes.get() < 0) return true;
    (void)visit_names(notes.get(), [&](const char* name) {
      if (name[0] != '.') save_one(RamPath::in(store.path(), store.user(), directory, name));
      return true;
    });
    return true;
  });
}

}  // namespace memfile::store
