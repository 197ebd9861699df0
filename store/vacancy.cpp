#include "store/vacancy.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "store/descriptor.hpp"
#include "store/folder_entries.hpp"
#include "store/look.hpp"
#include "store/record.hpp"
#include "store/store.hpp"

namespace memfile::store {

namespace {

// Whether the RAM file's directory stands for this very folder, and not for one that had its path before.
bool is_home(const RamPath& ram, const kernel::Status& folder) {
  const Pooled<Store> store;
  return store && Store::open(ram, *store) && store->is_directory_of(folder, ram.directory());
}

bool holds_no_link_to(const RamPath& ram, int folder) {
  const Pooled<RamPath> named;
  return named && visit_names(folder, [&](const char* name) {
           const bool is_link = spells_ram_path({folder, name}, *named);
           return !is_link || named->directory() != ram.directory() || named->name() != ram.name();
         });
}

}  // namespace

bool is_vacated(const RamPath& ram) {
  const PathBuffer path;
  const PathBuffer folder;
  if (!path || !folder) return false;
  const bool is_noted = noted_path(ram, *path);
  if (is_noted ? !folder_of(path->view(), *folder) : !noted_folder(ram, *folder)) return false;
  const Descriptor fd(kernel::openat(AT_FDCWD, folder->c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  kernel::Status status{};
  if (fd.get() < 0 || kernel::statx(fd.get(), "", AT_EMPTY_PATH, status) != 0) return false;
  return (is_noted ? is_noted_folder(ram, status) : is_home(ram, status)) && holds_no_link_to(ram, fd.get());
}

}  // namespace memfile::store
