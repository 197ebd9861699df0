// Listing a folder in one call. libc reads it inside, where no hook sees it: scandir is given a filter of ours that
// shows each entry before the program's own filter sees it, glob is given our readdir. Memory, errors and order stay
// libc's.
#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>

#include "preload/function_ref.hpp"
#include "preload/hooks/listing.hpp"
#include "preload/symbols.hpp"
#include "preload/symbols_time64.hpp"
#include "store/path_buffer.hpp"

#if __TIMESIZE == 32
extern "C" int __stat64_time64(const char* path, memfile::preload::Status64* status) noexcept;
extern "C" int __lstat64_time64(const char* path, memfile::preload::Status64* status) noexcept;
#endif

namespace memfile::preload {

namespace {

using store::At;

template <class Entry>
using Filter = int(const Entry*);

// What our filter has to know, since libc hands it nothing of ours. Held by value, and set anew whenever the program's
// own code has run: so it is right however that ends, by a nested scan or a longjmp out of one.
template <class Entry>
struct Scan {
  At folder;
  Filter<Entry>* filter;  // nullptr: all
};

template <class Entry>
__attribute__((tls_model("initial-exec"))) constinit thread_local Scan<Entry> scan{};

// By the folder's path: a descriptor of it could not be closed where the program leaves the scan by a longjmp.
template <class Entry>
bool show_in(At folder, Entry& entry) {
  store::PathBuffer path;
  if (!path) return true;
  *path << folder.path << '/' << static_cast<const char*>(entry.d_name);
  return path->is_cut() || show({folder.dirfd, path->c_str()}, entry);
}

template <class Entry>
int filtering(const Entry* entry) {
  const Scan<Entry> mine = scan<Entry>;
  // In the buffer of libc's folder stream, from which it copies what is selected.
  if (may_be_link(*entry) && !show_in(mine.folder, const_cast<Entry&>(*entry))) return 0;
  if (mine.filter == nullptr) return 1;
  const int is_selected = mine.filter(entry);
  scan<Entry> = mine;
  return is_selected;
}

template <class Entry>
int scanning(FunctionRef<int(Filter<Entry>*)> real, At folder, Filter<Entry>* filter) {
  if (!shows_links_as_files()) return real(filter);
  const Scan<Entry> outer = scan<Entry>;
  scan<Entry> = {folder, filter};
  const int count = real(filtering<Entry>);
  scan<Entry> = outer;
  return count;
}

void lend_functions(glob_t& glob) {
  glob.gl_readdir = [](void* folder) { return readdir(static_cast<DIR*>(folder)); };
  glob.gl_lstat = lstat;
  glob.gl_stat = stat;
}

void lend_functions(glob64_t& glob) {
  glob.gl_readdir = [](void* folder) { return readdir64(static_cast<DIR*>(folder)); };
  glob.gl_lstat = lstat64;
  glob.gl_stat = stat64;
}

#if __TIMESIZE == 32
void lend_functions(Glob64& glob) {
  glob.gl_readdir = [](void* folder) { return readdir64(static_cast<DIR*>(folder)); };
  glob.gl_lstat = __lstat64_time64;
  glob.gl_stat = __stat64_time64;
}
#endif

// A program that brings its own functions reaches our hooks by these.
template <class Glob>
int globbing(FunctionRef<int(int flags)> real, int flags, Glob* glob) {
  if (glob == nullptr || (flags & GLOB_ALTDIRFUNC) != 0 || !shows_links_as_files()) return real(flags);
  const Glob callers = *glob;
  lend_functions(*glob);
  glob->gl_opendir = [](const char* path) -> void* { return opendir(path); };
  glob->gl_closedir = [](void* folder) { closedir(static_cast<DIR*>(folder)); };
  const int result = real(flags | GLOB_ALTDIRFUNC);
  glob->gl_flags &= ~GLOB_ALTDIRFUNC;
  glob->gl_opendir = callers.gl_opendir;
  glob->gl_closedir = callers.gl_closedir;
  glob->gl_readdir = callers.gl_readdir;
  glob->gl_lstat = callers.gl_lstat;
  glob->gl_stat = callers.gl_stat;
  return result;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::Filter;
using memfile::preload::globbing;
using memfile::preload::next;
using memfile::preload::scanning;

MEMFILE_EXPORT int scandir(const char* folder, dirent*** entries, Filter<dirent>* filter,
                           int (*compare)(const dirent**, const dirent**)) {
  return scanning<dirent>([&](auto* actual) { return next.scandir(folder, entries, actual, compare); },
                          {AT_FDCWD, folder}, filter);
}

MEMFILE_EXPORT int scandir64(const char* folder, dirent64*** entries, Filter<dirent64>* filter,
                             int (*compare)(const dirent64**, const dirent64**)) {
  return scanning<dirent64>([&](auto* actual) { return next.scandir64(folder, entries, actual, compare); },
                            {AT_FDCWD, folder}, filter);
}

MEMFILE_EXPORT int scandirat(int dirfd, const char* folder, dirent*** entries, Filter<dirent>* filter,
                             int (*compare)(const dirent**, const dirent**)) {
  return scanning<dirent>([&](auto* actual) { return next.scandirat(dirfd, folder, entries, actual, compare); },
                          {dirfd, folder}, filter);
}

MEMFILE_EXPORT int scandirat64(int dirfd, const char* folder, dirent64*** entries, Filter<dirent64>* filter,
                               int (*compare)(const dirent64**, const dirent64**)) {
  return scanning<dirent64>([&](auto* actual) { return next.scandirat64(dirfd, folder, entries, actual, compare); },
                            {dirfd, folder}, filter);
}

// Of the two versions of each, programs linked before glibc 2.27 get the later one, too: it also finds links that lead
// nowhere.
MEMFILE_EXPORT int glob(const char* pattern, int flags, int (*report)(const char*, int), glob_t* result) noexcept {
  return globbing([&](int actual) { return next.glob(pattern, actual, report, result); }, flags, result);
}

MEMFILE_EXPORT int glob64(const char* pattern, int flags, int (*report)(const char*, int), glob64_t* result) noexcept {
  return globbing([&](int actual) { return next.glob64(pattern, actual, report, result); }, flags, result);
}

#if __TIMESIZE == 32

using memfile::preload::Glob64;
using memfile::preload::next_time64;

MEMFILE_EXPORT int __glob64_time64(const char* pattern, int flags, int (*report)(const char*, int),
                                   Glob64* result) noexcept {
  return globbing([&](int actual) { return next_time64.glob(pattern, actual, report, result); }, flags, result);
}

#endif
