#include "preload/hooks/listing.hpp"

#include <sys/types.h>

#include "preload/function_ref.hpp"
#include "preload/symbols.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

namespace memfile::preload {

__attribute__((noinline)) Shown shown(store::At at, ino64_t& inode) {
  store::RamPath ram;
  switch (store::look(at, ram)) {
    case store::Standing::dangling:
      return Shown::not_at_all;
    case store::Standing::absent:
    case store::Standing::other:
      return Shown::as_it_is;
    case store::Standing::memfile:
      break;
  }
  kernel::Status file{};
  if (kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, file) != 0) return Shown::as_it_is;
  inode = file.stx_ino;
  return Shown::as_file;
}

namespace {

template <class Entry>
bool is_shown(int dirfd, Entry& entry) {
  return !may_be_link(entry) || !shows_links_as_files() || show({dirfd, static_cast<const char*>(entry.d_name)}, entry);
}

template <class Entry>
Entry* reading_folder(FunctionRef<Entry*()> real, DIR* folder) {
  Entry* entry = real();
  while (entry != nullptr && !is_shown(dirfd(folder), *entry)) entry = real();
  return entry;
}

// The variants that copy the entry out; `real` returns an error number.
template <class Entry>
int copying_entry(FunctionRef<int()> real, DIR* folder, Entry** result) {
  int error = real();
  while (error == 0 && *result != nullptr && !is_shown(dirfd(folder), **result)) error = real();
  return error;
}

// Closes the gaps that entries leave which are not shown. The size of what remains.
template <class Entry>
ssize_t show_entries(int dirfd, char* entries, ssize_t size) {
  ssize_t kept = 0;
  for (ssize_t done = 0; done < size;) {
    auto* entry = reinterpret_cast<Entry*>(entries + done);
    const unsigned short entry_size = entry->d_reclen;
    if (is_shown(dirfd, *entry)) {
      if (kept != done) std::memmove(entries + kept, entry, entry_size);
      kept += entry_size;
    }
    done += entry_size;
  }
  return kept;
}

// Nothing at all is how the end of a folder reads: where no entry of a block is shown, the next block is read.
template <class Entry>
ssize_t reading_entries(FunctionRef<ssize_t()> real, int dirfd, void* entries) {
  ssize_t kept = 0;
  while (kept == 0) {
    const ssize_t size = real();
    if (size <= 0) return size;
    kept = show_entries<Entry>(dirfd, static_cast<char*>(entries), size);
  }
  return kept;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::copying_entry;
using memfile::preload::next;
using memfile::preload::reading_entries;
using memfile::preload::reading_folder;

MEMFILE_EXPORT dirent* readdir(DIR* folder) {
  return reading_folder<dirent>([&] { return next.readdir(folder); }, folder);
}

MEMFILE_EXPORT dirent64* readdir64(DIR* folder) {
  return reading_folder<dirent64>([&] { return next.readdir64(folder); }, folder);
}

MEMFILE_EXPORT int readdir_r(DIR* folder, dirent* entry, dirent** result) {
  return copying_entry([&] { return next.readdir_r(folder, entry, result); }, folder, result);
}

MEMFILE_EXPORT int readdir64_r(DIR* folder, dirent64* entry, dirent64** result) {
  return copying_entry([&] { return next.readdir64_r(folder, entry, result); }, folder, result);
}

MEMFILE_EXPORT ssize_t getdents64(int dirfd, void* entries, size_t size) noexcept {
  return reading_entries<dirent64>([&] { return next.getdents64(dirfd, entries, size); }, dirfd, entries);
}

MEMFILE_EXPORT ssize_t getdirentries(int dirfd, char* entries, size_t size, off_t* base) noexcept {
  return reading_entries<dirent>([&] { return next.getdirentries(dirfd, entries, size, base); }, dirfd, entries);
}

MEMFILE_EXPORT ssize_t getdirentries64(int dirfd, char* entries, size_t size, off64_t* base) noexcept {
  return reading_entries<dirent64>([&] { return next.getdirentries64(dirfd, entries, size, base); }, dirfd, entries);
}
