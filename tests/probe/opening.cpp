// Steps that open and create.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <mntent.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

extern "C" {
int __open_2(const char* path, int flags);
int __open64_2(const char* path, int flags);
int __openat_2(int dirfd, const char* path, int flags);
int __openat64_2(int dirfd, const char* path, int flags);
int __open(const char* path, int flags, ...);
int __open64(const char* path, int flags, ...);
FILE* _IO_fopen(const char* path, const char* mode);
FILE* __setmntent(const char* path, const char* mode);
}

namespace memfile::probe {

namespace {

std::string keep_template(int fd, const std::string& name) {
  std::string text = keep(fd);
  struct stat status {};
  if (fd >= 0 && lstat(name.c_str(), &status) == 0) text += S_ISREG(status.st_mode) ? ", a file" : ", something else";
  return text;
}

// Also says whether the call gave the lowest descriptor that was free.
template <class Call>
std::string keep_lowest(const Call& call) {
  int lowest = -1;
  const int fd = in_folder([&](int d) {
    lowest = dup(d);
    close(lowest);
    errno = mark;
    return call(d);
  });
  return keep(fd) + (fd > lowest ? ", not the lowest" : "");
}

// `openat2 PATH FLAGS MODE RESTRICTION...`. A libc that has no such symbol is gone around.
std::string open_how_of(const Arguments& a) {
  static const std::map<std::string, unsigned> known{{"no_xdev", RESOLVE_NO_XDEV},
                                                     {"no_magiclinks", RESOLVE_NO_MAGICLINKS},
                                                     {"no_symlinks", RESOLVE_NO_SYMLINKS},
                                                     {"beneath", RESOLVE_BENEATH},
                                                     {"in_root", RESOLVE_IN_ROOT},
                                                     {"cached", RESOLVE_CACHED},
                                                     {"unknown", 0x8000U}};
  open_how how{};
  how.flags = static_cast<unsigned>(flags_of(a[1]));
  how.mode = static_cast<unsigned>(std::stoul(a[2], nullptr, 8));
  for (std::size_t i = 3; i < a.size(); ++i) how.resolve |= known.at(a[i]);
  using Call = int(int, const char*, const open_how*, size_t);
  auto* call = reinterpret_cast<Call*>(dlsym(RTLD_DEFAULT, "openat2"));
  // A rename anywhere makes the kernel say EAGAIN of a path with "..", and other tests rename all the time.
  const bool means_again = (how.resolve & RESOLVE_CACHED) == 0;
  constexpr int most_tries = 1000;
  return keep_lowest([&](int d) {
    const int errno_before = errno;
    int fd = -1;
    for (int tries = 0; tries < most_tries; ++tries) {
      errno = errno_before;
      fd = call != nullptr ? call(d, path_of(a[0]), &how, sizeof how)
                           : static_cast<int>(syscall(SYS_openat2, d, path_of(a[0]), &how, sizeof how));
      if (fd >= 0 || errno != EAGAIN || !means_again) break;
    }
    return fd;
  });
}

void add_streams(Steps& s) {
  s["fopen"] = [](const Arguments& a) { return keep(fopen(path_of(a[0]), a[1].c_str())); };
  s["fopen64"] = [](const Arguments& a) { return keep(fopen64(path_of(a[0]), a[1].c_str())); };
  s["_IO_fopen"] = [](const Arguments& a) { return keep(_IO_fopen(path_of(a[0]), a[1].c_str())); };
  s["setmntent"] = [](const Arguments& a) { return keep(setmntent(path_of(a[0]), a[1].c_str())); };
  s["__setmntent"] = [](const Arguments& a) { return keep(__setmntent(path_of(a[0]), a[1].c_str())); };
  s["freopen"] = [](const Arguments& a) { return keep(freopen(path_of(a[0]), a[1].c_str(), fopen("/dev/null", "r"))); };
  s["freopen64"] = [](const Arguments& a) {
    return keep(freopen64(path_of(a[0]), a[1].c_str(), fopen("/dev/null", "r")));
  };
  s["tmpfile"] = [](const Arguments&) { return keep(tmpfile()); };
  s["tmpfile64"] = [](const Arguments&) { return keep(tmpfile64()); };
}

void add_templates(Steps& s) {
  s["mkstemp"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkstemp(t.data());
    return keep_template(fd, t);
  };
  s["mkstemp64"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkstemp64(t.data());
    return keep_template(fd, t);
  };
  s["mkostemp"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkostemp(t.data(), O_APPEND);
    return keep_template(fd, t);
  };
  s["mkostemp64"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkostemp64(t.data(), O_APPEND);
    return keep_template(fd, t);
  };
  s["mkstemps"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkstemps(t.data(), 4);
    return keep_template(fd, t);
  };
  s["mkstemps64"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkstemps64(t.data(), 4);
    return keep_template(fd, t);
  };
  s["mkostemps"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkostemps(t.data(), 4, O_APPEND);
    return keep_template(fd, t);
  };
  s["mkostemps64"] = [](const Arguments& a) {
    std::string t = a[0];
    const int fd = mkostemps64(t.data(), 4, O_APPEND);
    return keep_template(fd, t);
  };
}

}  // namespace

Steps opening_steps() {
  Steps s;
  s["open"] = [](const Arguments& a) { return keep(open(path_of(a[0]), flags_of(a[1]), mode_of(a, 2))); };
  s["open64"] = [](const Arguments& a) { return keep(open64(path_of(a[0]), flags_of(a[1]), mode_of(a, 2))); };
  s["__open"] = [](const Arguments& a) { return keep(__open(path_of(a[0]), flags_of(a[1]), mode_of(a, 2))); };
  s["__open64"] = [](const Arguments& a) { return keep(__open64(path_of(a[0]), flags_of(a[1]), mode_of(a, 2))); };
  s["__open_2"] = [](const Arguments& a) { return keep(__open_2(path_of(a[0]), flags_of(a[1]))); };
  s["__open64_2"] = [](const Arguments& a) { return keep(__open64_2(path_of(a[0]), flags_of(a[1]))); };
  s["openat"] = [](const Arguments& a) {
    return keep(in_folder([&](int d) { return openat(d, path_of(a[0]), flags_of(a[1]), mode_of(a, 2)); }));
  };
  s["openat64"] = [](const Arguments& a) {
    return keep(in_folder([&](int d) { return openat64(d, path_of(a[0]), flags_of(a[1]), mode_of(a, 2)); }));
  };
  s["__openat_2"] = [](const Arguments& a) {
    return keep(in_folder([&](int d) { return __openat_2(d, path_of(a[0]), flags_of(a[1])); }));
  };
  s["__openat64_2"] = [](const Arguments& a) {
    return keep(in_folder([&](int d) { return __openat64_2(d, path_of(a[0]), flags_of(a[1])); }));
  };
  s["openat2"] = open_how_of;
  s["creat"] = [](const Arguments& a) { return keep(creat(path_of(a[0]), mode_of(a, 1))); };
  s["creat64"] = [](const Arguments& a) { return keep(creat64(path_of(a[0]), mode_of(a, 1))); };
  add_streams(s);
  add_templates(s);
  return s;
}

}  // namespace memfile::probe
