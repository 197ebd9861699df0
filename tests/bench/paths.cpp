#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "tests/bench/subjects.hpp"
#include "tests/bench/timing.hpp"

namespace memfile::bench {
namespace {

constexpr int batches = 60;
constexpr int calls = 1000;
constexpr mode_t mode = 0644;

// Times `call(path)`.
template <class Call>
double time_on_file(const std::string& path, Call call) {
  return time_batches(batches, calls, [&] {
    for (int i = 0; i < calls; ++i) call(path.c_str());
  });
}

double time_opening(const std::string& path, int flags) {
  return time_on_file(path, [flags](const char* file) {
    const int fd = open(file, flags, mode);
    require(fd >= 0 && close(fd) == 0, "open and close");
  });
}

}  // namespace

double open_close(Arguments arguments) { return time_opening(arguments[0], O_RDONLY | O_CLOEXEC); }

double open_close_creating(Arguments arguments) { return time_opening(arguments[0], O_RDWR | O_CREAT | O_CLOEXEC); }

double status(Arguments arguments) {
  return time_on_file(arguments[0], [](const char* file) {
    struct stat found;
    require(stat(file, &found) == 0, "stat");
  });
}

double link_status(Arguments arguments) {
  return time_on_file(arguments[0], [](const char* file) {
    struct stat found;
    require(lstat(file, &found) == 0, "lstat");
  });
}

double unlink_each(Arguments arguments) {
  std::vector<std::string> paths;
  paths.reserve(calls);
  for (int i = 0; i < calls; ++i) paths.push_back(arguments[0] + std::to_string(i));
  const auto make_all = [&] {
    for (const std::string& path : paths) {
      const int fd = open(path.c_str(), O_RDWR | O_CREAT, mode);
      require(fd >= 0 && write(fd, "memfile", 7) == 7 && close(fd) == 0, "making the file");
    }
  };
  const auto unlink_all = [&] {
    for (const std::string& path : paths) require(unlink(path.c_str()) == 0, "unlink");
  };
  return time_batches(batches, calls, make_all, unlink_all, [] {});
}

double rename_back_and_forth(Arguments arguments) {
  const std::string other = arguments[0] + "-other";
  return time_on_file(arguments[0], [&, is_there = true](const char* file) mutable {
    const char* from = is_there ? file : other.c_str();
    const char* to = is_there ? other.c_str() : file;
    require(rename(from, to) == 0, "rename");
    is_there = !is_there;  // and after an even number of calls it is
  });
}

}  // namespace memfile::bench
