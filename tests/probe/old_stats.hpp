// libc's former names of stat, which programs linked before glibc 2.33 have; no header declares them any more.
#pragma once
#include <sys/stat.h>

#ifndef __USE_TIME_BITS64
extern "C" {
int __xstat(int version, const char* path, struct stat* status);
int __xstat64(int version, const char* path, struct stat64* status);
int __lxstat(int version, const char* path, struct stat* status);
int __lxstat64(int version, const char* path, struct stat64* status);
int __fxstatat(int version, int dirfd, const char* path, struct stat* status, int flags);
int __fxstatat64(int version, int dirfd, const char* path, struct stat64* status, int flags);
}
#endif

namespace memfile::probe {

// The version that names struct stat.
#if __WORDSIZE == 32
constexpr int stat_version = 3;
#elif defined(__x86_64__)
constexpr int stat_version = 1;
#else
constexpr int stat_version = 0;
#endif

// With times of 64 bits in a machine of 32 there never were such names: they stand for the new ones.
#ifdef __USE_TIME_BITS64
inline int __xstat(int, const char* path, struct stat* status) { return ::stat(path, status); }
inline int __xstat64(int, const char* path, struct stat64* status) { return ::stat64(path, status); }
inline int __lxstat(int, const char* path, struct stat* status) { return ::lstat(path, status); }
inline int __lxstat64(int, const char* path, struct stat64* status) { return ::lstat64(path, status); }
inline int __fxstatat(int, int dirfd, const char* path, struct stat* status, int flags) {
  return ::fstatat(dirfd, path, status, flags);
}
inline int __fxstatat64(int, int dirfd, const char* path, struct stat64* status, int flags) {
  return ::fstatat64(dirfd, path, status, flags);
}
#endif

}  // namespace memfile::probe
