#include <fcntl.h>
#include <unistd.h>
#include <vector>

#include "tests/bench/subjects.hpp"
#include "tests/bench/timing.hpp"

namespace memfile::bench {
namespace {

constexpr int batches = 60;
constexpr int files = 200;
constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
constexpr mode_t mode = 0644;

std::vector<std::string> numbered(const std::string& path) {
  std::vector<std::string> paths;
  // The number goes before the ending, which a rule may ask for.
  const std::size_t dot = path.rfind('.');
  paths.reserve(files);
  for (int i = 0; i < files; ++i) paths.push_back(path.substr(0, dot) + std::to_string(i) + path.substr(dot));
  return paths;
}

void unlink_all(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) require(unlink(path.c_str()) == 0, "unlink");
}

}  // namespace

double create_close(Arguments arguments) {
  const std::vector<std::string> paths = numbered(arguments[0]);
  const auto create_all = [&] {
    for (const std::string& path : paths) {
      const int fd = open(path.c_str(), flags, mode);
      require(fd >= 0 && close(fd) == 0, "create and close");
    }
  };
  return time_batches(
      batches, files, [] {}, create_all, [&] { unlink_all(paths); });
}

double create_close_by_hand(Arguments arguments) {
  const std::vector<std::string> links = numbered(arguments[0]);
  const std::vector<std::string> targets = numbered(arguments[1]);
  const auto create_all = [&] {
    for (std::size_t i = 0; i < links.size(); ++i) {
      const int fd = open(targets[i].c_str(), flags, mode);
      require(fd >= 0 && symlink(targets[i].c_str(), links[i].c_str()) == 0 && close(fd) == 0, "create, link, close");
    }
  };
  const auto clean = [&] {
    unlink_all(links);
    unlink_all(targets);
  };
  return time_batches(
      batches, files, [] {}, create_all, clean);
}

}  // namespace memfile::bench
