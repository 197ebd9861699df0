// Listing the folder in which the path is, and walking through it.
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <fts.h>
#include <ftw.h>
#include <glob.h>
#include <unistd.h>

#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

namespace {

alignas(dirent64) char block[4096];

template <class Read>
long read_all(const Read& read) {
  DIR* const folder = opendir(".");
  if (folder == nullptr) return -1;
  long count = 0;
  while (read(folder)) ++count;
  closedir(folder);
  return count;
}

template <class Read>
long read_blocks(const Read& read) {
  const int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ssize_t size = 0;
  while ((size = read(folder)) > 0) {
  }
  (void)closed(folder);
  return size;
}

template <class Entry, class Scan>
long scan(const Scan& scan_folder) {
  Entry** entries = nullptr;
  const int count = scan_folder(&entries);
  for (int at = 0; at < count; ++at) std::free(entries[at]);
  std::free(entries);
  return count;
}

template <class Status>
int visit(const char* /*path*/, const Status* /*status*/, int /*flag*/) {
  return 0;
}
template <class Status>
int visit_place(const char* /*path*/, const Status* /*status*/, int /*flag*/, FTW* /*place*/) {
  return 0;
}

template <class Tree, class Open, class Read, class Close>
long walk(const Open& open_tree, const Read& read, const Close& close_tree) {
  char here[] = ".";
  char* roots[] = {here, nullptr};
  Tree* const tree = open_tree(roots, FTS_PHYSICAL | FTS_NOCHDIR, nullptr);
  if (tree == nullptr) return -1;
  long count = 0;
  while (read(tree)) ++count;
  close_tree(tree);
  return count;
}

long globbed(decltype(::glob)* call) {
  glob_t found{};
  const int result = call("*", 0, nullptr, &found);
  globfree(&found);
  return result == 0 || result == GLOB_NOMATCH ? 0 : -1;
}

long globbed64() {
  glob64_t found{};
  const int result = glob64("*", 0, nullptr, &found);
  globfree64(&found);
  return result == 0 || result == GLOB_NOMATCH ? 0 : -1;
}

// Declared deprecated.
auto* const readdir_r = symbol_as<int(DIR*, dirent*, dirent**)>("readdir_r");
auto* const readdir64_r = symbol_as<int(DIR*, dirent64*, dirent64**)>("readdir64_r");
dirent entry;
dirent64 entry64;
dirent* found;
dirent64* found64;
long base;
const std::vector<Call> calls{
    {"readdir", [](Paths) { return read_all([](DIR* folder) { return readdir(folder) != nullptr; }); }},
    {"readdir64", [](Paths) { return read_all([](DIR* folder) { return readdir64(folder) != nullptr; }); }},
    {"readdir_r",
     [](Paths) { return read_all([](DIR* f) { return readdir_r(f, &entry, &found) == 0 && found != nullptr; }); }},
    {"readdir64_r",
     [](Paths) {
       return read_all([](DIR* f) { return readdir64_r(f, &entry64, &found64) == 0 && found64 != nullptr; });
     }},
    {"getdents64", [](Paths) { return read_blocks([](int fd) { return getdents64(fd, block, sizeof block); }); }},
    {"getdirentries",
     [](Paths) { return read_blocks([](int fd) { return getdirentries(fd, block, sizeof block, &base); }); }},
    {"getdirentries64",
     [](Paths) { return read_blocks([](int fd) { return getdirentries64(fd, block, sizeof block, &base); }); }},
    {"scandir", [](Paths) { return scan<dirent>([](auto*** l) { return scandir(".", l, nullptr, alphasort); }); }},
    {"scandir64",
     [](Paths) { return scan<dirent64>([](auto*** l) { return scandir64(".", l, nullptr, alphasort64); }); }},
    {"scandirat",
     [](Paths) { return scan<dirent>([](auto*** l) { return scandirat(AT_FDCWD, ".", l, nullptr, nullptr); }); }},
    {"scandirat64",
     [](Paths) { return scan<dirent64>([](auto*** l) { return scandirat64(AT_FDCWD, ".", l, nullptr, nullptr); }); }},
    {"glob", [](Paths) { return globbed(&::glob); }},
    {"glob64", [](Paths) { return globbed64(); }},
    {"ftw", [](Paths) -> long { return ftw(".", visit<struct stat>, 8); }},
    {"ftw64", [](Paths) -> long { return ftw64(".", visit<struct stat64>, 8); }},
    {"nftw", [](Paths) -> long { return nftw(".", visit_place<struct stat>, 8, FTW_PHYS); }},
    {"nftw64", [](Paths) -> long { return nftw64(".", visit_place<struct stat64>, 8, FTW_PHYS); }},
    {"fts_read",
     [](Paths) {
       return walk<FTS>(
           fts_open, [](FTS* tree) { return fts_read(tree) != nullptr; }, fts_close);
     }},
    {"fts64_read",
     [](Paths) {
       return walk<FTS64>(
           fts64_open, [](FTS64* tree) { return fts64_read(tree) != nullptr; }, fts64_close);
     }},
    {"fts_children",
     [](Paths) {
       const auto read = [](FTS* tree) { return fts_read(tree) != nullptr && fts_children(tree, 0) != nullptr; };
       return walk<FTS>(fts_open, read, fts_close);
     }},
    {"fts64_children",
     [](Paths) {
       const auto read = [](FTS64* t) { return fts64_read(t) != nullptr && fts64_children(t, 0) != nullptr; };
       return walk<FTS64>(fts64_open, read, fts64_close);
     }},
};

}  // namespace

const std::vector<Call>& listing_calls() { return calls; }

}  // namespace memfile::contract
