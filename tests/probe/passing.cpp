// Steps of calls that follow a link, and so are left to libc.
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/ipc.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>
#include <wordexp.h>

#include "tests/probe/old_stats.hpp"
#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

constexpr time_t some_time = 1'000'000'000;

std::string times_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return "";
  return ", " + std::to_string(status.st_atim.tv_sec) + " " + std::to_string(status.st_mtim.tv_sec);
}

template <class Call>
std::string timing(const Arguments& a, const Call& call) {
  const std::string text = answer(call(path_of(a[0])));
  return text + times_of(a[0]);
}

template <class Status, class Call>
std::string kind(const Call& call) {
  Status status{};
  const std::string text = answer(call(&status));
  return text + (S_ISREG(status.st_mode) ? ", file " : ", other ") + std::to_string(status.st_size);
}

// `ftw FOLDER`: how many files, and anything but files and folders, are met.
std::string walk(const Arguments& a) {
  static int files;
  static int others;
  files = others = 0;
  const int result = ftw(
      path_of(a[0]),
      [](const char*, const struct stat* status, int kind) {
        if (kind == FTW_F && S_ISREG(status->st_mode)) ++files;
        if (kind != FTW_F && kind != FTW_D) ++others;
        return 0;
      },
      8);
  return answer(result) + ", " + std::to_string(files) + " files, " + std::to_string(others) + " others";
}

// `ftok NAME OTHER`: whether the two have the same key.
std::string keys(const Arguments& a) {
  const key_t one = ftok(path_of(a[0]), 'x');
  const std::string text = answer(one);
  return text + (one == ftok(path_of(a[1]), 'x') ? ", the same" : ", another");
}

std::string expand(const Arguments& a) {
  wordexp_t words{};
  std::string text = wordexp(a[0].c_str(), &words, 0) == 0 ? "done" : "failed";
  for (std::size_t at = 0; at < words.we_wordc; ++at) text += std::string(" ") + words.we_wordv[at];
  wordfree(&words);
  return text;
}

std::string template_kind(const Arguments& a, char* (*call)(char*)) {
  std::string name = a[0];
  const char* made = call(name.data());
  std::string text = answer(made == nullptr ? -1 : 0);
  return text + (access(name.c_str(), F_OK) == 0 ? ", there" : ", not there");
}

Steps attribute_steps() {
  Steps s;
  s["chmod"] = [](const Arguments& a) { return answer(chmod(path_of(a[0]), mode_of(a, 1))); };
  s["truncate"] = [](const Arguments& a) { return answer(truncate(path_of(a[0]), std::stol(a[1]))); };
  s["truncate64"] = [](const Arguments& a) { return answer(truncate64(path_of(a[0]), std::stol(a[1]))); };
  s["access"] = [](const Arguments& a) { return answer(access(path_of(a[0]), std::stoi(a[1]))); };
  s["eaccess"] = [](const Arguments& a) { return answer(eaccess(path_of(a[0]), std::stoi(a[1]))); };
  s["euidaccess"] = [](const Arguments& a) { return answer(euidaccess(path_of(a[0]), std::stoi(a[1]))); };
  s["utime"] = [](const Arguments& a) {
    return timing(a, [](const char* path) {
      const utimbuf times{some_time, some_time + 1};
      return utime(path, &times);
    });
  };
  s["utimes"] = [](const Arguments& a) {
    return timing(a, [](const char* path) {
      const timeval times[]{{some_time, 0}, {some_time + 2, 0}};
      return utimes(path, times);
    });
  };
  s["futimesat"] = [](const Arguments& a) {
    return timing(a, [](const char* path) {
      const timeval times[]{{some_time, 0}, {some_time + 3, 0}};
      return futimesat(AT_FDCWD, path, times);
    });
  };
  s["setxattr"] = [](const Arguments& a) { return answer(setxattr(path_of(a[0]), "user.memfile", "value", 5, 0)); };
  s["getxattr"] = [](const Arguments& a) {
    char value[16]{};
    return answer(getxattr(path_of(a[0]), "user.memfile", value, sizeof value - 1)) + " " + value;
  };
  s["listxattr"] = [](const Arguments& a) {
    char names[200]{};
    return answer(listxattr(path_of(a[0]), names, sizeof names)) + " " + names;
  };
  s["removexattr"] = [](const Arguments& a) { return answer(removexattr(path_of(a[0]), "user.memfile")); };
  return s;
}

}  // namespace

Steps passing_steps() {
  Steps s = attribute_steps();
  s["stat64"] = [](const Arguments& a) {
    return kind<struct stat64>([&](auto* b) { return stat64(path_of(a[0]), b); });
  };
  s["__xstat"] = [](const Arguments& a) {
    return kind<struct stat>([&](auto* b) { return __xstat(stat_version, path_of(a[0]), b); });
  };
  s["__xstat64"] = [](const Arguments& a) {
    return kind<struct stat64>([&](auto* b) { return __xstat64(stat_version, path_of(a[0]), b); });
  };
  s["ftw"] = walk;
  s["ftok"] = keys;
  s["wordexp"] = expand;
  s["mkdtemp"] = [](const Arguments& a) { return template_kind(a, mkdtemp); };
  s["mktemp"] = [](const Arguments& a) { return template_kind(a, mktemp); };
  s["dlmopen"] = [](const Arguments& a) {
    return dlmopen(LM_ID_NEWLM, path_of(a[0]), RTLD_NOW) == nullptr ? "failed" : "done";
  };
  s["dlopen"] = [](const Arguments& a) { return dlopen(path_of(a[0]), RTLD_NOW) == nullptr ? "failed" : "done"; };
  return s;
}

}  // namespace memfile::probe
