// Listing a folder: a memfile's link is shown as the regular file that lstat tells of, a dangling link is not there.
// Only entries that are links, or may be, are looked at, so that others cost nothing.
#pragma once
#include <dirent.h>

#include "preload/session.hpp"
#include "store/at.hpp"

namespace memfile::preload {

// Whether links of ours are to be shown as files at all.
[[nodiscard]] inline bool shows_links_as_files() {
  const Session* session = Session::get();
  return session != nullptr && session->is_transparent();
}

enum class Shown { as_it_is, as_file, not_at_all };

// What a link, or what may be one, is shown as. `inode` is set for as_file: the RAM file's. Touches no errno.
[[nodiscard]] Shown shown(store::At at, ino64_t& inode);

template <class Entry>
[[nodiscard]] bool may_be_link(const Entry& entry) {
  return entry.d_type == DT_LNK || entry.d_type == DT_UNKNOWN;
}

// Makes an entry that stands at `at` what it is shown as. False if it is not shown.
template <class Entry>
[[nodiscard]] bool show(store::At at, Entry& entry) {
  ino64_t inode = 0;
  const Shown as = shown(at, inode);
  if (as == Shown::as_file) {
    entry.d_type = DT_REG;
    entry.d_ino = static_cast<decltype(entry.d_ino)>(inode);
  }
  return as != Shown::not_at_all;
}

}  // namespace memfile::preload
