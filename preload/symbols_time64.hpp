// Symbols that libc has on machines of 32 bits only, for programs with times of 64 bits; no header declares them. The
// table goes on here: the version script of such a machine is made from both. Elsewhere they are not exported.
#pragma once
#include <bits/timesize.h>
#include <dirent.h>
#include <fts.h>
#include <ftw.h>
#include <glob.h>
#include <sys/prctl.h>

#include "preload/next.hpp"

namespace memfile::preload {

constexpr bool has_time64 = __TIMESIZE == 32;

struct Stamp64 {
  long long seconds;
  int nanoseconds;
  int unused;
};

// What such a program knows as struct stat.
struct Status64 {
  dev_t st_dev;
  ino64_t st_ino;
  mode_t st_mode;
  nlink_t st_nlink;
  uid_t st_uid;
  gid_t st_gid;
  dev_t st_rdev;
  off64_t st_size;
  blksize_t st_blksize;
  blkcnt64_t st_blocks;
  Stamp64 st_atim;
  Stamp64 st_mtim;
  Stamp64 st_ctim;
};

// What it knows as FTSENT, FTS and glob_t: as with 32 bits, but for the structure that they lead to.
struct Entry64 {
  Entry64* fts_cycle;
  Entry64* fts_parent;
  Entry64* fts_link;
  long fts_number;
  void* fts_pointer;
  char* fts_accpath;
  char* fts_path;
  int fts_errno;
  int fts_symfd;
  unsigned short fts_pathlen;
  unsigned short fts_namelen;
  ino64_t fts_ino;
  dev_t fts_dev;
  nlink_t fts_nlink;
  short fts_level;
  unsigned short fts_info;
  unsigned short fts_flags;
  unsigned short fts_instr;
  Status64* fts_statp;
  char fts_name[1];
};

struct Stream64 {
  Entry64* fts_cur;
  Entry64* fts_child;
  Entry64** fts_array;
  dev_t fts_dev;
  char* fts_path;
  int fts_rfd;
  int fts_pathlen;
  int fts_nitems;
  int (*fts_compar)(const void*, const void*);
  int fts_options;
};

struct Glob64 {
  size_t gl_pathc;
  char** gl_pathv;
  size_t gl_offs;
  int gl_flags;
  void (*gl_closedir)(void*);
  dirent64* (*gl_readdir)(void*);
  void* (*gl_opendir)(const char*);
  int (*gl_lstat)(const char*, Status64*);
  int (*gl_stat)(const char*, Status64*);
};

static_assert(offsetof(Entry64, fts_name) == offsetof(FTSENT64, fts_name) || !has_time64);
static_assert(offsetof(Stream64, fts_options) == offsetof(FTS64, fts_options) || !has_time64);
static_assert(sizeof(Glob64) == sizeof(glob64_t) || !has_time64);

struct Time64Symbols {
  Next<int(const char*, Status64*)> stat{"__stat64_time64"};
  Next<int(const char*, Status64*)> lstat{"__lstat64_time64"};
  Next<int(int, const char*, Status64*, int)> fstatat{"__fstatat64_time64"};
  Next<int(int, const char*, const void*, int)> utimensat{"__utimensat64"};
  Next<int(const char*, const void*)> lutimes{"__lutimes64"};
  Next<int(const char*, int, int (*)(const char*, int), Glob64*)> glob{"__glob64_time64"};
  Next<int(const char*, int (*)(const char*, const Status64*, int), int)> ftw{"__ftw64_time64"};
  Next<int(const char*, int (*)(const char*, const Status64*, int, FTW*), int, int)> nftw{"__nftw64_time64"};
  Next<Entry64*(Stream64*)> fts_read{"__fts64_read_time64"};
  Next<Entry64*(Stream64*, int)> fts_children{"__fts64_children_time64"};
  Next<decltype(::prctl)> prctl{"__prctl_time64"};
};

extern constinit Time64Symbols next_time64;

}  // namespace memfile::preload
