#include <algorithm>
#include <cstdio>
#include <ctime>
#include <dirent.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "config/location.hpp"
#include "config/reader.hpp"
#include "config/table.hpp"
#include "store/listing.hpp"

namespace memfile::cli {

namespace {

using FileId = std::pair<std::uint64_t, std::uint64_t>;  // device, inode

const char* word(store::State state) {
  switch (state) {
    case store::State::linked:
      return "linked";
    case store::State::orphan:
      return "orphan";
    case store::State::moved:
      break;
  }
  return "moved";
}

bool is_process(const char* name) { return name[0] >= '1' && name[0] <= '9'; }

// Who has which file open, by descriptor; processes of other users are not seen.
std::map<FileId, std::vector<int>> openers() {
  std::map<FileId, std::vector<int>> found;
  DIR* processes = opendir("/proc");
  if (processes == nullptr) return found;
  while (const dirent* process = readdir(processes)) {
    if (!is_process(static_cast<const char*>(process->d_name))) continue;
    const std::string folder = "/proc/" + std::string(static_cast<const char*>(process->d_name)) + "/fd";
    DIR* descriptors = opendir(folder.c_str());
    if (descriptors == nullptr) continue;
    while (const dirent* descriptor = readdir(descriptors)) {
      struct stat status {};
      if (fstatat(dirfd(descriptors), static_cast<const char*>(descriptor->d_name), &status, 0) != 0) continue;
      if (!S_ISREG(status.st_mode)) continue;
      auto& pids = found[{status.st_dev, status.st_ino}];
      const int pid = std::atoi(static_cast<const char*>(process->d_name));
      if (pids.empty() || pids.back() != pid) pids.push_back(pid);
    }
    closedir(descriptors);
  }
  closedir(processes);
  return found;
}

std::vector<store::Entry> entries() {
  std::vector<store::Entry> found;
  store::Store store;
  const auto surroundings = config::locate_for_launcher(config::Environment::of_process(), geteuid());
  std::string root = "/dev/shm";
  if (surroundings) {
    const auto config = config::read_file(*surroundings);
    if (config) root = config->store;
  }
  const store::Settings settings{.root = root.c_str()};
  if (!store::Store::open(settings, geteuid(), store::IfMissing::fail, store)) return found;
  (void)store::list(store, [&](const store::Entry& entry) { found.push_back(entry); });
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return std::tie(left.path, left.ram) < std::tie(right.path, right.ram);
  });
  return found;
}

void print_json(const std::vector<store::Entry>& found, std::map<FileId, std::vector<int>>& pids) {
  auto array = nlohmann::ordered_json::array();
  for (const store::Entry& entry : found) {
    array.push_back({{"path", entry.path},
                     {"ram", entry.ram},
                     {"size", entry.size},
                     {"mtime", entry.modified},
                     {"state", word(entry.state)},
                     {"rule", nullptr},
                     {"pids", pids[{entry.device, entry.inode}]}});
  }
  std::printf("%s\n", array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
}

void print_table(const std::vector<store::Entry>& found) {
  std::uint64_t held = 0;
  for (const store::Entry& entry : found) {
    const bool has_path = !entry.path.empty();
    std::printf("%12llu  %-6s  %s\n", static_cast<unsigned long long>(entry.size), word(entry.state),
                has_path ? entry.path.c_str() : entry.ram.c_str());
    held += entry.held;
  }
  std::printf("%zu memfile%s, %llu bytes of RAM\n", found.size(), found.size() == 1 ? "" : "s",
              static_cast<unsigned long long>(held));
}

}  // namespace

int ls(bool is_json) {
  const std::vector<store::Entry> found = entries();
  if (is_json) {
    auto pids = openers();
    print_json(found, pids);
  } else {
    print_table(found);
  }
  return done;
}

}  // namespace memfile::cli
