// One libc call per step, each answered in one line: result and errno, and what was asked for. `probe STEP ARG... ,
// STEP ...` A descriptor is named by the order of its opening: 0 is the first that a step of this run opened.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <map>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

extern "C" {
int __open_2(const char* path, int flags);
int __open64_2(const char* path, int flags);
int __openat_2(int dirfd, const char* path, int flags);
int __openat64_2(int dirfd, const char* path, int flags);
int __open(const char* path, int flags, ...);
int __open64(const char* path, int flags, ...);
int __lxstat(int version, const char* path, struct stat* status);
int __lxstat64(int version, const char* path, struct stat64* status);
int __fxstatat(int version, int dirfd, const char* path, struct stat* status, int flags);
int __fxstatat64(int version, int dirfd, const char* path, struct stat64* status, int flags);
ssize_t __readlink_chk(const char* path, char* buffer, size_t size, size_t buffer_size);
ssize_t __readlinkat_chk(int dirfd, const char* path, char* buffer, size_t size, size_t buffer_size);
FILE* _IO_fopen(const char* path, const char* mode);
FILE* __setmntent(const char* path, const char* mode);
FILE* setmntent(const char* path, const char* mode);
}

namespace {

using Arguments = std::vector<std::string>;
using Step = std::function<std::string(const Arguments&)>;

std::vector<int> opened;
std::vector<FILE*> streams;

// errno is set to a mark before each call: a successful call must leave it alone.
constexpr int mark = 4321;

const char* path_of(const std::string& word) {
  if (word == "NULL") return nullptr;
  if (word == "BAD") return reinterpret_cast<const char*>(16);
  return word.c_str();
}

std::string answer(long result) {
  const std::string error = errno == mark ? "kept" : strerrorname_np(errno) == nullptr ? "?" : strerrorname_np(errno);
  return (result < 0 ? "failed" : "done") + std::string(", errno ") + error;
}

int flags_of(const std::string& words) {
  static const std::map<std::string, int> known{
      {"rdonly", O_RDONLY},  {"wronly", O_WRONLY}, {"rdwr", O_RDWR},       {"creat", O_CREAT},
      {"excl", O_EXCL},      {"trunc", O_TRUNC},   {"append", O_APPEND},   {"nofollow", O_NOFOLLOW},
      {"path", O_PATH},      {"direct", O_DIRECT}, {"cloexec", O_CLOEXEC}, {"directory", O_DIRECTORY},
      {"tmpfile", O_TMPFILE}};
  int flags = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find('|', at), words.size());
    flags |= known.at(words.substr(at, end - at));
    at = end + 1;
  }
  return flags;
}

std::string keep(int fd) {
  std::string text = answer(fd);
  if (fd >= 0) opened.push_back(fd);
  return text;
}

std::string keep(FILE* stream) {
  std::string text = answer(stream == nullptr ? -1 : 0);
  if (stream != nullptr) streams.push_back(stream);
  return text;
}

std::string keep_template(int fd, const std::string& name) {
  std::string text = keep(fd);
  struct stat status {};
  if (fd >= 0 && lstat(name.c_str(), &status) == 0) text += S_ISREG(status.st_mode) ? ", a file" : ", something else";
  return text;
}

mode_t mode_of(const Arguments& a, std::size_t index) {
  return a.size() > index ? static_cast<mode_t>(std::strtoul(a[index].c_str(), nullptr, 8)) : 0666;
}

int folder() { return open(".", O_RDONLY | O_DIRECTORY); }

// Runs a call that wants a folder's descriptor.
template <class Call>
auto in_folder(const Call& call) {
  const int dirfd = folder();
  errno = mark;
  const auto result = call(dirfd);
  const int error = errno;
  close(dirfd);
  errno = error;
  return result;
}

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
  const int fd = open(a[0].c_str(), O_RDONLY);
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

std::string content_of(int fd) {
  std::string text;
  char buffer[4096];
  ssize_t size = 0;
  while ((size = read(fd, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(size));
  return size < 0 ? answer(size) : text;
}

int descriptor(const std::string& word);

// `fill FD BYTES` appends to an empty file until so many are there or a write fails, and looks whether what was written
// can be read.
std::string fill(const Arguments& a) {
  const std::string block(4096, 'x');
  std::string written;
  ssize_t size = 0;
  while (written.size() < std::stoul(a[1])) {
    size = write(descriptor(a[0]), block.data(), block.size());
    if (size < 0) break;
    written.append(block, 0, static_cast<std::size_t>(size));
  }
  const std::string text = answer(size);
  lseek(descriptor(a[0]), 0, SEEK_SET);
  return text + (content_of(descriptor(a[0])) == written ? ", all there" : ", something else there");
}

int descriptor(const std::string& word) { return opened.at(static_cast<std::size_t>(std::stoul(word))); }

std::map<std::string, Step> opening_steps() {
  std::map<std::string, Step> s;
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
  s["creat"] = [](const Arguments& a) { return keep(creat(path_of(a[0]), mode_of(a, 1))); };
  s["creat64"] = [](const Arguments& a) { return keep(creat64(path_of(a[0]), mode_of(a, 1))); };
  s["fopen"] = [](const Arguments& a) { return keep(fopen(path_of(a[0]), a[1].c_str())); };
  s["fopen64"] = [](const Arguments& a) { return keep(fopen64(path_of(a[0]), a[1].c_str())); };
  s["_IO_fopen"] = [](const Arguments& a) { return keep(_IO_fopen(path_of(a[0]), a[1].c_str())); };
  s["setmntent"] = [](const Arguments& a) { return keep(setmntent(path_of(a[0]), a[1].c_str())); };
  s["__setmntent"] = [](const Arguments& a) { return keep(__setmntent(path_of(a[0]), a[1].c_str())); };
  s["freopen"] = [](const Arguments& a) { return keep(freopen(path_of(a[0]), a[1].c_str(), fopen("/dev/null", "r"))); };
  s["freopen64"] = [](const Arguments& a) {
    return keep(freopen64(path_of(a[0]), a[1].c_str(), fopen("/dev/null", "r")));
  };
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
  s["tmpfile"] = [](const Arguments&) { return keep(tmpfile()); };
  s["tmpfile64"] = [](const Arguments&) { return keep(tmpfile64()); };
  return s;
}

std::map<std::string, Step> other_steps() {
  std::map<std::string, Step> s;
  s["unlink"] = [](const Arguments& a) { return answer(unlink(path_of(a[0]))); };
  s["unlinkat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return unlinkat(d, path_of(a[0]), 0); }));
  };
  s["remove"] = [](const Arguments& a) { return answer(remove(path_of(a[0]))); };
  s["mkdir"] = [](const Arguments& a) { return answer(mkdir(path_of(a[0]), mode_of(a, 1))); };
  s["symlink"] = [](const Arguments& a) { return answer(symlink(a[0].c_str(), a[1].c_str())); };
  s["rename"] = [](const Arguments& a) { return answer(rename(path_of(a[0]), path_of(a[1]))); };
  s["renameat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return renameat(d, path_of(a[0]), d, path_of(a[1])); }));
  };
  s["renameat2"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) {
      return renameat2(d, path_of(a[0]), d, path_of(a[1]), a.size() > 2 ? static_cast<unsigned>(std::stoul(a[2])) : 0);
    }));
  };
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
    return describing<struct stat>([&](auto* b) { return __lxstat(1, path_of(a[0]), b); });
  };
  s["__lxstat64"] = [](const Arguments& a) {
    return describing<struct stat64>([&](auto* b) { return __lxstat64(1, path_of(a[0]), b); });
  };
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
      return in_folder([&](int d) { return __fxstatat(1, d, path_of(a[0]), b, AT_SYMLINK_NOFOLLOW); });
    });
  };
  s["__fxstatat64"] = [](const Arguments& a) {
    return describing<struct stat64>([&](auto* b) {
      return in_folder([&](int d) { return __fxstatat64(1, d, path_of(a[0]), b, AT_SYMLINK_NOFOLLOW); });
    });
  };
  s["fstat"] = [](const Arguments& a) {
    return describing<struct stat>([&](auto* b) { return fstat(descriptor(a[0]), b); });
  };
  s["statx"] = statx_of;
  s["same"] = same;
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
  s["write"] = [](const Arguments& a) { return answer(write(descriptor(a[0]), a[1].data(), a[1].size())); };
  s["read"] = [](const Arguments& a) { return content_of(descriptor(a[0])); };
  s["rewind"] = [](const Arguments& a) { return answer(lseek(descriptor(a[0]), 0, SEEK_SET)); };
  s["close"] = [](const Arguments& a) { return answer(close(descriptor(a[0]))); };
  s["print"] = [](const Arguments& a) {
    return answer(std::fprintf(streams.at(std::stoul(a[0])), "%s", a[1].c_str()));
  };
  s["fclose"] = [](const Arguments& a) { return answer(std::fclose(streams.at(std::stoul(a[0])))); };
  s["cat"] = [](const Arguments& a) {
    const int fd = open(a[0].c_str(), O_RDONLY);
    std::string text = fd < 0 ? answer(fd) : content_of(fd);
    if (fd >= 0) close(fd);
    return text;
  };
  s["fill"] = fill;
  s["seteuid"] = [](const Arguments& a) { return answer(seteuid(static_cast<uid_t>(std::stoul(a[0])))); };
  s["umask"] = [](const Arguments& a) {
    umask(mode_of(a, 0));
    return std::string("done");
  };
  s["chdir"] = [](const Arguments& a) { return answer(chdir(a[0].c_str())); };
  return s;
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, Step> steps = opening_steps();
  steps.merge(other_steps());
  for (int at = 1; at < argc; ++at) {
    const std::string name = argv[at];
    Arguments arguments;
    while (++at < argc && std::strcmp(argv[at], ",") != 0) arguments.emplace_back(argv[at]);
    const auto step = steps.find(name);
    if (step == steps.end()) {
      std::printf("there is no step %s\n", name.c_str());
      return 2;
    }
    errno = mark;
    const std::string text = step->second(arguments);
    std::printf("%s: %s\n", name.c_str(), text.c_str());
    std::fflush(stdout);
  }
  return 0;
}
