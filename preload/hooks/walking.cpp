// Walking a tree with a function of the program's: ours is called in its place, and calls it where there is something
// to show.
#include "preload/hooks/walking.hpp"

#include <cstring>
#include <fcntl.h>
#include <ftw.h>

#include "preload/function_ref.hpp"
#include "preload/hooks/listing.hpp"
#include "store/look.hpp"

namespace memfile::preload {

namespace {

using store::Standing;

template <class Status>
using Visit = int(const char*, const Status*, int, FTW*);
template <class Status>
using PlainVisit = int(const char*, const Status*, int);

// What our functions have to know, since libc hands them nothing of ours. Held by value, and set anew whenever the
// program's own code has run: so it is right however that ends, by a nested walk or a longjmp out of one.
template <class Status>
struct Walk {
  Visit<Status>* visit;
  int flags;
  int error;  // errno as the program's own code left it
};
template <class Status>
struct PlainWalk {
  PlainVisit<Status>* visit;
  const char* root;
  int error;  // errno as the program's own code left it
};

template <class Status>
__attribute__((tls_model("initial-exec"))) constinit thread_local Walk<Status> walk{};
template <class Status>
__attribute__((tls_model("initial-exec"))) constinit thread_local PlainWalk<Status> plain_walk{};

// A walk that starts where nothing stands fails; what is gone further down is not met, and leaves no
// errno behind.
int meet_nothing(bool is_root, int error) {
  errno = is_root ? ENOENT : error;
  return is_root ? -1 : 0;
}

template <class Status>
int visit_link(const Walk<Status>& mine, const char* path, const Status* status, int flag, FTW* place) {
  store::RamPath ram;
  // With FTW_CHDIR the working folder is the object's, and the path is as the walk began.
  const char* reached = (mine.flags & FTW_CHDIR) != 0 ? path + place->base : path;
  const Standing standing = store::look({AT_FDCWD, reached}, ram);
  if (standing == Standing::dangling) return meet_nothing(place->level == 0, mine.error);
  Status file{};
  if (standing != Standing::memfile || !describe(ram, file)) return mine.visit(path, status, flag, place);
  return mine.visit(path, &file, FTW_F, place);
}

template <class Status>
int visiting(const char* path, const Status* status, int flag, FTW* place) {
  const Walk<Status> mine = walk<Status>;
  const bool is_link = flag == FTW_SL || flag == FTW_SLN;
  const int result = is_link ? visit_link(mine, path, status, flag, place) : mine.visit(path, status, flag, place);
  walk<Status> = {mine.visit, mine.flags, errno};
  return result;
}

// ftw follows links: only one that leads nowhere could not be described.
template <class Status>
int visiting_plainly(const char* path, const Status* status, int flag) {
  const PlainWalk<Status> mine = plain_walk<Status>;
  store::RamPath ram;
  if (flag == FTW_NS && store::look({AT_FDCWD, path}, ram) == Standing::dangling) {
    return meet_nothing(std::strcmp(path, mine.root) == 0, mine.error);
  }
  const int result = mine.visit(path, status, flag);
  plain_walk<Status> = {mine.visit, mine.root, errno};
  return result;
}

template <class Status>
int walking(FunctionRef<int(Visit<Status>*)> real, Visit<Status>* visit, int flags) {
  if (!shows_links_as_files()) return real(visit);
  const Walk<Status> outer = walk<Status>;
  walk<Status> = {visit, flags, errno};
  const int result = real(visiting<Status>);
  walk<Status> = outer;
  return result;
}

template <class Status>
int walking_plainly(FunctionRef<int(PlainVisit<Status>*)> real, const char* root, PlainVisit<Status>* visit) {
  if (!shows_links_as_files()) return real(visit);
  const PlainWalk<Status> outer = plain_walk<Status>;
  plain_walk<Status> = {visit, root, errno};
  const int result = real(visiting_plainly<Status>);
  plain_walk<Status> = outer;
  return result;
}

}  // namespace

}  // namespace memfile::preload

using memfile::preload::next;
using memfile::preload::PlainVisit;
using memfile::preload::Visit;
using memfile::preload::walking;
using memfile::preload::walking_plainly;

MEMFILE_EXPORT int ftw(const char* root, PlainVisit<struct stat>* visit, int descriptors) {
  return walking_plainly<struct stat>([&](auto* actual) { return next.ftw(root, actual, descriptors); }, root, visit);
}

MEMFILE_EXPORT int ftw64(const char* root, PlainVisit<struct stat64>* visit, int descriptors) {
  return walking_plainly<struct stat64>([&](auto* actual) { return next.ftw64(root, actual, descriptors); }, root,
                                        visit);
}

// The oldest version ignores flags that it does not know, the later one refuses them: all get the later one.
MEMFILE_EXPORT int nftw(const char* root, Visit<struct stat>* visit, int descriptors, int flags) {
  return walking<struct stat>([&](auto* actual) { return next.nftw(root, actual, descriptors, flags); }, visit, flags);
}

MEMFILE_EXPORT int nftw64(const char* root, Visit<struct stat64>* visit, int descriptors, int flags) {
  return walking<struct stat64>([&](auto* actual) { return next.nftw64(root, actual, descriptors, flags); }, visit,
                                flags);
}

#if __TIMESIZE == 32

using memfile::preload::next_time64;
using memfile::preload::Status64;

MEMFILE_EXPORT int __ftw64_time64(const char* root, PlainVisit<Status64>* visit, int descriptors) {
  return walking_plainly<Status64>([&](auto* actual) { return next_time64.ftw(root, actual, descriptors); }, root,
                                   visit);
}

MEMFILE_EXPORT int __nftw64_time64(const char* root, Visit<Status64>* visit, int descriptors, int flags) {
  return walking<Status64>([&](auto* actual) { return next_time64.nftw(root, actual, descriptors, flags); }, visit,
                           flags);
}

#endif
