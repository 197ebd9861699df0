// Every symbol that the library stands in for, one line each. The version script is made from this table, and
// scripts/check-exports holds it against what the built library exports and against docs/hooks.md.
#pragma once
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <fts.h>
#include <ftw.h>
#include <glob.h>
#include <linux/openat2.h>
#include <mntent.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "preload/next.hpp"

namespace memfile::preload {

struct Symbols {
  Next<decltype(::open)> open{"open"};
  Next<decltype(::open64)> open64{"open64"};
  Next<int(const char*, int, ...)> plain_open{"__open"};
  Next<int(const char*, int, ...)> plain_open64{"__open64"};
  Next<int(const char*, int)> open_2{"__open_2"};
  Next<int(const char*, int)> open64_2{"__open64_2"};
  Next<decltype(::openat)> openat{"openat"};
  Next<decltype(::openat64)> openat64{"openat64"};
  Next<int(int, const char*, int)> openat_2{"__openat_2"};
  Next<int(int, const char*, int)> openat64_2{"__openat64_2"};
  Next<decltype(::creat)> creat{"creat"};
  Next<decltype(::creat64)> creat64{"creat64"};
  // Since glibc 2.43.
  Next<int(int, const char*, const open_how*, size_t)> openat2{"openat2"};

  Next<decltype(::fopen)> fopen{"fopen"};
  Next<decltype(::fopen64)> fopen64{"fopen64"};
  Next<decltype(::fopen)> io_fopen{"_IO_fopen"};
  Next<decltype(::freopen)> freopen{"freopen"};
  Next<decltype(::freopen64)> freopen64{"freopen64"};
  Next<decltype(::setmntent)> setmntent{"setmntent"};
  Next<decltype(::setmntent)> plain_setmntent{"__setmntent"};

  Next<decltype(::mkstemp)> mkstemp{"mkstemp"};
  Next<decltype(::mkstemp64)> mkstemp64{"mkstemp64"};
  Next<decltype(::mkostemp)> mkostemp{"mkostemp"};
  Next<decltype(::mkostemp64)> mkostemp64{"mkostemp64"};
  Next<decltype(::mkstemps)> mkstemps{"mkstemps"};
  Next<decltype(::mkstemps64)> mkstemps64{"mkstemps64"};
  Next<decltype(::mkostemps)> mkostemps{"mkostemps"};
  Next<decltype(::mkostemps64)> mkostemps64{"mkostemps64"};
  Next<decltype(::tmpfile)> tmpfile{"tmpfile"};
  Next<decltype(::tmpfile64)> tmpfile64{"tmpfile64"};

  Next<decltype(::unlink)> unlink{"unlink"};
  Next<decltype(::unlinkat)> unlinkat{"unlinkat"};
  Next<decltype(::remove)> remove{"remove"};
  Next<decltype(::rmdir)> rmdir{"rmdir"};

  Next<decltype(::rename)> rename{"rename"};
  Next<decltype(::renameat)> renameat{"renameat"};
  Next<decltype(::renameat2)> renameat2{"renameat2"};

  Next<decltype(::link)> link{"link"};
  Next<decltype(::linkat)> linkat{"linkat"};

  Next<decltype(::stat)> stat{"stat"};
  Next<decltype(::stat64)> stat64{"stat64"};
  Next<int(int, const char*, struct stat*)> xstat{"__xstat"};
  Next<int(int, const char*, struct stat64*)> xstat64{"__xstat64"};
  Next<decltype(::access)> access{"access"};
  Next<decltype(::eaccess)> eaccess{"eaccess"};
  Next<decltype(::euidaccess)> euidaccess{"euidaccess"};
  Next<decltype(::faccessat)> faccessat{"faccessat"};

  Next<decltype(::lstat)> lstat{"lstat"};
  Next<decltype(::lstat64)> lstat64{"lstat64"};
  Next<decltype(::fstatat)> fstatat{"fstatat"};
  Next<decltype(::fstatat64)> fstatat64{"fstatat64"};
  Next<decltype(::statx)> statx{"statx"};
  Next<int(int, const char*, struct stat*)> lxstat{"__lxstat"};
  Next<int(int, const char*, struct stat64*)> lxstat64{"__lxstat64"};
  Next<int(int, int, const char*, struct stat*, int)> fxstatat{"__fxstatat"};
  Next<int(int, int, const char*, struct stat64*, int)> fxstatat64{"__fxstatat64"};

  Next<decltype(::readlink)> readlink{"readlink"};
  Next<decltype(::readlinkat)> readlinkat{"readlinkat"};
  Next<ssize_t(const char*, char*, size_t, size_t)> readlink_chk{"__readlink_chk"};
  Next<ssize_t(int, const char*, char*, size_t, size_t)> readlinkat_chk{"__readlinkat_chk"};

  Next<decltype(::readdir)> readdir{"readdir"};
  Next<decltype(::readdir64)> readdir64{"readdir64"};
  Next<int(DIR*, dirent*, dirent**)> readdir_r{"readdir_r"};  // declared deprecated
  Next<int(DIR*, dirent64*, dirent64**)> readdir64_r{"readdir64_r"};
  Next<decltype(::getdents64)> getdents64{"getdents64"};
  Next<decltype(::getdirentries)> getdirentries{"getdirentries"};
  Next<decltype(::getdirentries64)> getdirentries64{"getdirentries64"};
  Next<decltype(::scandir)> scandir{"scandir"};
  Next<decltype(::scandir64)> scandir64{"scandir64"};
  Next<decltype(::scandirat)> scandirat{"scandirat"};
  Next<decltype(::scandirat64)> scandirat64{"scandirat64"};
  Next<decltype(::glob)> glob{"glob"};
  Next<decltype(::glob64)> glob64{"glob64"};

  Next<decltype(::ftw)> ftw{"ftw"};
  Next<decltype(::ftw64)> ftw64{"ftw64"};
  Next<decltype(::nftw)> nftw{"nftw"};
  Next<decltype(::nftw64)> nftw64{"nftw64"};
  Next<decltype(::fts_read)> fts_read{"fts_read"};
  Next<decltype(::fts64_read)> fts64_read{"fts64_read"};
  Next<decltype(::fts_children)> fts_children{"fts_children"};
  Next<decltype(::fts64_children)> fts64_children{"fts64_children"};

  Next<decltype(::name_to_handle_at)> name_to_handle_at{"name_to_handle_at"};
  Next<decltype(::inotify_add_watch)> inotify_add_watch{"inotify_add_watch"};
  Next<decltype(::fanotify_mark)> fanotify_mark{"fanotify_mark"};

  Next<decltype(::realpath)> realpath{"realpath"};
  Next<char*(const char*, char*, size_t)> realpath_chk{"__realpath_chk"};
  Next<decltype(::canonicalize_file_name)> canonicalize_file_name{"canonicalize_file_name"};

  Next<decltype(::chown)> chown{"chown"};
  Next<decltype(::lchown)> lchown{"lchown"};
  Next<decltype(::fchownat)> fchownat{"fchownat"};

  Next<decltype(::chmod)> chmod{"chmod"};
  Next<decltype(::lchmod)> lchmod{"lchmod"};
  Next<decltype(::fchmodat)> fchmodat{"fchmodat"};
  Next<decltype(::utimensat)> utimensat{"utimensat"};
  Next<decltype(::lutimes)> lutimes{"lutimes"};
  Next<decltype(::lgetxattr)> lgetxattr{"lgetxattr"};
  Next<decltype(::lsetxattr)> lsetxattr{"lsetxattr"};
  Next<decltype(::llistxattr)> llistxattr{"llistxattr"};
  Next<decltype(::lremovexattr)> lremovexattr{"lremovexattr"};

  Next<decltype(::mkdir)> mkdir{"mkdir"};
  Next<decltype(::mkdirat)> mkdirat{"mkdirat"};
  Next<decltype(::mkfifo)> mkfifo{"mkfifo"};
  Next<decltype(::mkfifoat)> mkfifoat{"mkfifoat"};
  Next<decltype(::symlink)> symlink{"symlink"};
  Next<decltype(::symlinkat)> symlinkat{"symlinkat"};
  Next<decltype(::mknod)> mknod{"mknod"};
  Next<decltype(::mknodat)> mknodat{"mknodat"};
  Next<int(int, const char*, mode_t, dev_t*)> xmknod{"__xmknod"};
  Next<int(int, int, const char*, mode_t, dev_t*)> xmknodat{"__xmknodat"};
  Next<decltype(::bind)> bind{"bind"};

  Next<decltype(::dlopen)> dlopen{"dlopen"};
  Next<decltype(::dlmopen)> dlmopen{"dlmopen"};
  Next<decltype(::execve)> execve{"execve"};
  Next<decltype(::execv)> execv{"execv"};
  Next<decltype(::execvp)> execvp{"execvp"};
  Next<decltype(::execvpe)> execvpe{"execvpe"};
  Next<decltype(::execl)> execl{"execl"};
  Next<decltype(::execlp)> execlp{"execlp"};
  Next<decltype(::execle)> execle{"execle"};
  Next<decltype(::fexecve)> fexecve{"fexecve"};
  Next<decltype(::execveat)> execveat{"execveat"};
  Next<decltype(::posix_spawn)> posix_spawn{"posix_spawn"};
  Next<decltype(::posix_spawnp)> posix_spawnp{"posix_spawnp"};
  Next<decltype(::posix_spawn_file_actions_addopen)> spawn_addopen{"posix_spawn_file_actions_addopen"};
  Next<decltype(::posix_spawn_file_actions_addchdir_np)> spawn_addchdir{"posix_spawn_file_actions_addchdir_np"};
  Next<decltype(::posix_spawn_file_actions_addfchdir_np)> spawn_addfchdir{"posix_spawn_file_actions_addfchdir_np"};
  Next<decltype(::system)> system{"system"};
  Next<decltype(::popen)> popen{"popen"};
  Next<decltype(::popen)> io_popen{"_IO_popen"};

  Next<decltype(::prctl)> prctl{"prctl"};
  // With as many words as a call can have.
  Next<long(long, long, long, long, long, long, long)> syscall{"syscall"};
};

extern constinit Symbols next;

}  // namespace memfile::preload

// The one macro: what is seen outside the library, besides being named in the table.
#define MEMFILE_EXPORT extern "C" __attribute__((visibility("default")))
