#include "cli/openers.hpp"

#include <algorithm>
#include <cstdlib>
#include <dirent.h>
#include <string>
#include <sys/stat.h>

namespace memfile::cli {

namespace {

bool is_process(const char* name) { return name[0] >= '1' && name[0] <= '9'; }

void add_files_of(int pid, std::map<FileId, std::vector<int>>& found) {
  DIR* descriptors = opendir(("/proc/" + std::to_string(pid) + "/fd").c_str());
  if (descriptors == nullptr) return;
  while (const dirent* descriptor = readdir(descriptors)) {
    struct stat status {};
    if (fstatat(dirfd(descriptors), static_cast<const char*>(descriptor->d_name), &status, 0) != 0) continue;
    if (!S_ISREG(status.st_mode)) continue;
    auto& pids = found[{status.st_dev, status.st_ino}];
    if (pids.empty() || pids.back() != pid) pids.push_back(pid);
  }
  closedir(descriptors);
}

}  // namespace

std::map<FileId, std::vector<int>> openers() {
  std::map<FileId, std::vector<int>> found;
  std::vector<int> processes;
  DIR* folder = opendir("/proc");
  if (folder == nullptr) return found;
  while (const dirent* process = readdir(folder)) {
    const char* name = static_cast<const char*>(process->d_name);
    if (is_process(name)) processes.push_back(std::atoi(name));
  }
  closedir(folder);
  std::sort(processes.begin(), processes.end());
  for (const int pid : processes) add_files_of(pid, found);
  return found;
}

}  // namespace memfile::cli
