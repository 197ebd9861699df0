// Steps that change what a file has besides its bytes, and that say what was changed.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

// "-1" leaves it.
unsigned id(const Arguments& a, std::size_t index) { return static_cast<unsigned>(std::stol(a.at(index))); }

std::string bytes_answer(ssize_t size, const char* buffer) {
  std::string text = answer(size);
  if (size < 0) return text;
  text += ", ";
  for (ssize_t i = 0; i < size; ++i) text += buffer[i] == '\0' ? ' ' : buffer[i];
  return text;
}

// Owner, mode and times of what stands there, not following links.
std::string attributes(const Arguments& a) {
  struct stat status {};
  if (lstat(a[0].c_str(), &status) != 0) return "absent";
  return std::to_string(status.st_uid) + ":" + std::to_string(status.st_gid) + " mode " +
         std::to_string(status.st_mode & 07777U) + (S_ISREG(status.st_mode) ? " file" : " no file");
}

std::string times_of(const Arguments& a) {
  struct stat status {};
  if (lstat(a[0].c_str(), &status) != 0) return "absent";
  return std::to_string(status.st_atim.tv_sec) + " " + std::to_string(status.st_mtim.tv_sec);
}

constexpr timespec two_times[2] = {{1000, 0}, {2000, 0}};
constexpr timeval two_coarse_times[2] = {{3000, 0}, {4000, 0}};

void add_attribute_steps(Steps& s) {
  s["lsetxattr"] = [](const Arguments& a) {
    return answer(lsetxattr(path_of(a[0]), a[1].c_str(), a[2].data(), a[2].size(), 0));
  };
  s["lgetxattr"] = [](const Arguments& a) {
    char b[100];
    return bytes_answer(lgetxattr(path_of(a[0]), a[1].c_str(), b, sizeof b), b);
  };
  s["getxattr"] = [](const Arguments& a) {
    char b[100];
    return bytes_answer(getxattr(path_of(a[0]), a[1].c_str(), b, sizeof b), b);
  };
  s["llistxattr"] = [](const Arguments& a) {
    char b[1000];
    return bytes_answer(llistxattr(path_of(a[0]), b, sizeof b), b);
  };
  s["lremovexattr"] = [](const Arguments& a) { return answer(lremovexattr(path_of(a[0]), a[1].c_str())); };
}

}  // namespace

Steps changing_steps() {
  Steps s;
  s["chown"] = [](const Arguments& a) { return answer(chown(path_of(a[0]), id(a, 1), id(a, 2))); };
  s["lchown"] = [](const Arguments& a) { return answer(lchown(path_of(a[0]), id(a, 1), id(a, 2))); };
  s["fchownat"] = [](const Arguments& a) {
    return answer(
        in_folder([&](int d) { return fchownat(d, path_of(a[0]), id(a, 1), id(a, 2), AT_SYMLINK_NOFOLLOW); }));
  };
  s["fchownat-follow"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return fchownat(d, path_of(a[0]), id(a, 1), id(a, 2), 0); }));
  };
  s["fchownat-descriptor"] = [](const Arguments& a) {
    return answer(fchownat(descriptor(a[0]), "", id(a, 1), id(a, 2), AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW));
  };
  s["lchmod"] = [](const Arguments& a) { return answer(lchmod(path_of(a[0]), mode_of(a, 1))); };
  s["fchmodat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return fchmodat(d, path_of(a[0]), mode_of(a, 1), AT_SYMLINK_NOFOLLOW); }));
  };
  s["fchmodat-follow"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return fchmodat(d, path_of(a[0]), mode_of(a, 1), 0); }));
  };
  s["utimensat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return utimensat(d, path_of(a[0]), two_times, AT_SYMLINK_NOFOLLOW); }));
  };
  s["utimensat-follow"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return utimensat(d, path_of(a[0]), two_times, 0); }));
  };
  s["lutimes"] = [](const Arguments& a) { return answer(lutimes(path_of(a[0]), two_coarse_times)); };
  s["attributes"] = attributes;
  s["times"] = times_of;
  add_attribute_steps(s);
  return s;
}

}  // namespace memfile::probe
