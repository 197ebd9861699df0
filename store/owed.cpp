#include "store/owed.hpp"

#include <climits>
#include <cstddef>
#include <dirent.h>

#include "store/descriptor.hpp"
#include "store/look.hpp"
#include "store/record.hpp"
#include "store/transfer.hpp"

namespace memfile::store {

namespace {

// Calls `visit(name)` with each name in a folder but those that begin with a dot.
template <class Visit>
void for_each_name(int dirfd, const char* folder, const Visit& visit) {
  const Descriptor fd(kernel::openat(dirfd, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  PathBuffer buffer;
  if (fd.get() < 0 || !buffer) return;
  ssize_t size = 0;
  while ((size = kernel::getdents64(fd.get(), buffer->buffer(), PathText::capacity() & ~7U)) > 0) {
    for (ssize_t done = 0; done < size;) {
      dirent64 entry;  // the buffer's alignment is not that of an entry
      std::memcpy(&entry, buffer->buffer() + done, offsetof(dirent64, d_name));
      const char* name = buffer->buffer() + done + offsetof(dirent64, d_name);
      if (name[0] != '.') visit(fd.get(), name);
      done += entry.d_reclen;
    }
  }
}

void save_one(const RamPath& ram) {
  PathBuffer path;
  if (!path || !noted_path(ram, *path)) return;
  const At at{AT_FDCWD, path->c_str()};
  RamPath standing;
  if (look(at, standing) == Standing::memfile && standing.view() == ram.view()) (void)save(at, ram, Flush::folder);
}

}  // namespace

void save_owed(const Store& store) {
  StoreText folder;
  folder << store.path() << '/' << owed_directory;
  for_each_name(AT_FDCWD, folder.c_str(), [&](int owed, const char* directory) {
    if (!is_directory_name(directory)) return;
    for_each_name(owed, directory,
                  [&](int, const char* name) { save_one(RamPath::in(store.path(), store.user(), directory, name)); });
  });
}

}  // namespace memfile::store
