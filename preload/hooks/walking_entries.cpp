// Walking a tree entry by entry (fts): what libc found is put right before the program sees it. The comparison function
// of fts_open is called inside libc, and still sees links as links.
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fts.h>

#include "preload/function_ref.hpp"
#include "preload/hooks/listing.hpp"
#include "preload/hooks/walking.hpp"
#include "store/look.hpp"
#include "store/path_buffer.hpp"

namespace memfile::preload {

namespace {

using store::At;
using store::Standing;

// With FTS_NOSTAT and FTS_NAMEONLY libc does not say whether an entry is a link.
template <class Entry>
bool may_be_ours(const Entry& entry) {
  return entry.fts_info == FTS_SL || entry.fts_info == FTS_SLNONE || entry.fts_info == FTS_NSOK;
}

template <class Stream>
bool has_status(const Stream& stream) {
  return (stream.fts_options & FTS_NOSTAT) == 0;
}

// An argument at which nothing stands is not left out: it is what could not be described.
template <class Stream, class Entry>
bool show_nothing(const Stream& stream, Entry& entry) {
  if (entry.fts_level != FTS_ROOTLEVEL) return false;
  entry.fts_info = FTS_NS;
  entry.fts_errno = ENOENT;
  if (has_status(stream)) std::memset(entry.fts_statp, 0, sizeof *entry.fts_statp);
  return true;
}

// Makes an entry that stands at `at` what it is shown as. False if it is not shown.
template <class Stream, class Entry>
bool show_entry(const Stream& stream, Entry& entry, At at) {
  store::RamPath ram;
  const Standing standing = store::look(at, ram);
  if (standing == Standing::dangling) return show_nothing(stream, entry);
  if (standing != Standing::memfile || entry.fts_info == FTS_NSOK) return true;
  if (!has_status(stream) || describe(ram, *entry.fts_statp)) entry.fts_info = FTS_F;
  return true;
}

template <class Stream, class Entry>
Entry* reading_next(FunctionRef<Entry*()> real, const Stream* stream) {
  Entry* entry = real();
  if (!shows_links_as_files()) return entry;
  while (entry != nullptr && may_be_ours(*entry) && !show_entry(*stream, *entry, {AT_FDCWD, entry->fts_accpath})) {
    entry = real();
  }
  return entry;
}

// A child's own paths hold only once it is read: it is reached by the folder that was read last.
template <class Stream, class Entry>
bool show_child(const Stream& stream, Entry& child) {
  store::PathBuffer path;
  if (!path) return true;
  const char* folder = stream.fts_cur->fts_accpath;
  const char* name = child.fts_name;
  *path << folder << '/' << name;
  return path->is_cut() || show_entry(stream, child, {AT_FDCWD, path->c_str()});
}

template <class Stream, class Entry>
Entry* reading_children(FunctionRef<Entry*()> real, Stream* stream) {
  Entry* const first = real();
  if (first == nullptr || !shows_links_as_files()) return first;
  if (stream->fts_cur->fts_info == FTS_INIT) {
    for (Entry* argument = first; argument != nullptr; argument = argument->fts_link) {
      if (may_be_ours(*argument)) (void)show_entry(*stream, *argument, {AT_FDCWD, argument->fts_accpath});
    }
    return first;
  }
  for (Entry** place = &stream->fts_child; *place != nullptr;) {
    Entry* const child = *place;
    if (!may_be_ours(*child) || show_child(*stream, *child)) {
      place = &child->fts_link;
    } else {
      *place = child->fts_link;
      std::free(child);
    }
  }
  return stream->fts_child;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::reading_children;
using memfile::preload::reading_next;

MEMFILE_EXPORT FTSENT* fts_read(FTS* stream) {
  return reading_next<FTS, FTSENT>([&] { return next.fts_read(stream); }, stream);
}

MEMFILE_EXPORT FTSENT64* fts64_read(FTS64* stream) {
  return reading_next<FTS64, FTSENT64>([&] { return next.fts64_read(stream); }, stream);
}

MEMFILE_EXPORT FTSENT* fts_children(FTS* stream, int options) {
  return reading_children<FTS, FTSENT>([&] { return next.fts_children(stream, options); }, stream);
}

MEMFILE_EXPORT FTSENT64* fts64_children(FTS64* stream, int options) {
  return reading_children<FTS64, FTSENT64>([&] { return next.fts64_children(stream, options); }, stream);
}

#if __TIMESIZE == 32

using memfile::preload::Entry64;
using memfile::preload::next_time64;
using memfile::preload::Stream64;

MEMFILE_EXPORT Entry64* __fts64_read_time64(Stream64* stream) {
  return reading_next<Stream64, Entry64>([&] { return next_time64.fts_read(stream); }, stream);
}

MEMFILE_EXPORT Entry64* __fts64_children_time64(Stream64* stream, int options) {
  return reading_children<Stream64, Entry64>([&] { return next_time64.fts_children(stream, options); }, stream);
}

#endif
