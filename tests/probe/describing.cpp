// Steps that say what stands at a path.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probe/old_stats.hpp"
#include "tests/probe/step.hpp"

extern "C" {
ssize_t __readlink_chk(const char* path, char* buffer, size_t size, size_t buffer_size);
ssize_t __readlinkat_chk(int dirfd, const char* path, char* buffer, size_t size, size_t buffer_size);
}

namespace memfile::probe {

namespace {

template <class Status>
std::string describe(int result, const Status& status) {
  if (result != 0) return answer(result);
  char text[200];
  std::snprintf(text, sizeof text, ", %s %o size %lld nlink %lu",
                S_ISREG(status.st_mode)   ? "file"
                : S_ISLNK(status.st_mode) ? "link"
                                          : "other",
                status.st_mode & 07777U, static_cast<long long>(status.st_size),
                static_cast<unsigned long>(status.st_nlink));
  return answer(result) + text;
}

template <class Status, class Call>
std::string describing(const Call& call) {
  Status status{};
  const int result = call(&status);
  return describe(result, status);
}

std::string link_text(ssize_t size, const char* buffer) {
  return size < 0 ? answer(size) : answer(size) + ", " + std::string(buffer, static_cast<std::size_t>(size));
}

// `lstat NAME` and `stat NAME` agree about which file it is, and so does a descriptor of it.
std::string same(const Arguments& a) {
  struct stat one {};
  struct stat two {};
  struct stat three {};
  const int fd = open(a[0].c_str(), O_RDONLY | O_NONBLOCK);
  const bool is_same = fd >= 0 && lstat(a[0].c_str(), &one) == 0 && stat(a[0].c_str(), &two) == 0 &&
                       fstat(fd, &three) == 0 && one.st_ino == two.st_ino && one.st_dev == two.st_dev &&
                       two.st_ino == three.st_ino && two.st_dev == three.st_dev && one.st_mode == three.st_mode;
  if (fd >= 0) close(fd);
  return is_same ? "the same file" : "different";
}

std::string statx_of(const Arguments& a) {
  struct statx status {};
  const int flags = a.size() > 1 && a[1] == "follow" ? 0 : AT_SYMLINK_NOFOLLOW;
  const int result = statx(AT_FDCWD, path_of(a[0]), flags, STATX_BASIC_STATS, &status);
  struct stat plain {};
  plain.st_mode = status.stx_mode;
  plain.st_size = static_cast<off_t>(status.stx_size);
  plain.st_nlink = status.stx_nlink;
  return describe(result, plain);
}

void add_stats(Steps& s) {
  s["stat"] = [](const Arguments& a) {
    return describing<struct stat>([&](auto* b) { return stat(path_of(a[0]), b); });
  };
  s["lstat"] = [](const Arguments& a) {
    return describing<struct stat>([&](auto* b) { return lstat(path_of(a[0]), b); });
  };
  s["lstat64"] = [](const Arguments& a) {
    return describing<struct stat64>([&](auto* b) { return lstat64(path_of(a[0]), b); });
  };
  s["__lxstat"] = [](const Arguments& a) {
    return describing<struct stat>([&](auto* b) { return __lxstat(stat_version, path_of(a[0]), b); });
  };
  s["__lxstat64"] = [](const Arguments& a) {
    return describing<struct stat64>([&](auto* b) { return __lxstat64(stat_version, path_of(a[0]), b); });
  };
  s["fstat"] = [](const Arguments& a) {
    return describing<struct stat>([&](auto* b) { return fstat(descriptor(a[0]), b); });
  };
}

void add_fstatats(Steps& s) {
  s["fstatat"] = [](const Arguments& a) {
    return describing<struct stat>(
        [&](auto* b) { return in_folder([&](int d) { return fstatat(d, path_of(a[0]), b, AT_SYMLINK_NOFOLLOW); }); });
  };
  s["fstatat64"] = [](const Arguments& a) {
    return describing<struct stat64>(
        [&](auto* b) { return in_folder([&](int d) { return fstatat64(d, path_of(a[0]), b, AT_SYMLINK_NOFOLLOW); }); });
  };
  s["__fxstatat"] = [](const Arguments& a) {
    return describing<struct stat>([&](auto* b) {
      return in_folder([&](int d) { return __fxstatat(stat_version, d, path_of(a[0]), b, AT_SYMLINK_NOFOLLOW); });
    });
  };
  s["__fxstatat64"] = [](const Arguments& a) {
    return describing<struct stat64>([&](auto* b) {
      return in_folder([&](int d) { return __fxstatat64(stat_version, d, path_of(a[0]), b, AT_SYMLINK_NOFOLLOW); });
    });
  };
}

void add_readlinks(Steps& s) {
  s["readlink"] = [](const Arguments& a) {
    char b[4096];
    return link_text(readlink(path_of(a[0]), b, sizeof b), b);
  };
  s["readlinkat"] = [](const Arguments& a) {
    char b[4096];
    return link_text(in_folder([&](int d) { return readlinkat(d, path_of(a[0]), b, sizeof b); }), b);
  };
  s["__readlink_chk"] = [](const Arguments& a) {
    char b[4096];
    return link_text(__readlink_chk(path_of(a[0]), b, sizeof b, sizeof b), b);
  };
  s["__readlinkat_chk"] = [](const Arguments& a) {
    char b[4096];
    return link_text(in_folder([&](int d) { return __readlinkat_chk(d, path_of(a[0]), b, sizeof b, sizeof b); }), b);
  };
}

}  // namespace

Steps describing_steps() {
  Steps s;
  add_stats(s);
  add_fstatats(s);
  add_readlinks(s);
  s["statx"] = statx_of;
  s["faccessat"] = [](const Arguments& a) {
    const int mode = a.at(1) == "x" ? X_OK : a[1] == "w" ? W_OK : F_OK;
    return answer(in_folder([&](int d) { return faccessat(d, path_of(a[0]), mode, AT_SYMLINK_NOFOLLOW); }));
  };
  s["access"] = [](const Arguments& a) { return answer(access(path_of(a[0]), F_OK)); };
  s["same"] = same;
  return s;
}

}  // namespace memfile::probe
