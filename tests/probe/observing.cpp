// `observe PATH...`: all that can be seen below the folder, what stands at some paths, and what is kept, in one line.
// What two runs cannot have in common is told by what it means: which names are the same file by a number in the order
// of the first sight, and a time by its seconds if somebody set it, else as "now". `clear` removes all of it.
#include <algorithm>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probe/step.hpp"
#include "tests/probe/turns.hpp"

namespace memfile::probe {

namespace {

constexpr time_t latest_set_time = 1'100'000'000;

std::string error_name() { return strerrorname_np(errno) == nullptr ? "?" : strerrorname_np(errno); }

std::string time_told(const timespec& time) {
  return time.tv_sec < latest_set_time ? std::to_string(time.tv_sec) : "now";
}

char type_letter(mode_t mode) {
  return S_ISREG(mode) ? 'f' : S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISFIFO(mode) ? 'p' : 'o';
}

unsigned char type_of_entry(mode_t mode) { return static_cast<unsigned char>(IFTODT(mode)); }

// Short contents as they are, longer ones by a sum.
std::string content_told(int fd) {
  std::string text;
  char buffer[4096];
  off_t at = 0;
  for (ssize_t size = 0; (size = pread(fd, buffer, sizeof buffer, at)) > 0; at += size) {
    text.append(buffer, static_cast<std::size_t>(size));
  }
  std::replace(text.begin(), text.end(), '\0', '.');
  constexpr std::size_t most = 40;
  return text.size() <= most ? "'" + text + "'" : "sum" + std::to_string(std::hash<std::string>()(text));
}

class View {
 public:
  // The names in the folder `path` ("" for the working folder), and all below them.
  void tell_folder(const std::string& path, int depth) {
    DIR* folder = opendir(path.empty() ? "." : path.c_str());
    if (folder == nullptr) {
      text_ += "," + error_name();
      return;
    }
    std::vector<std::pair<std::string, const dirent>> entries;
    while (const dirent* entry = readdir(folder)) {
      const std::string name = static_cast<const char*>(entry->d_name);
      if (name != "." && name != "..") entries.emplace_back(name, *entry);
    }
    closedir(folder);
    std::vector<std::size_t> order(entries.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](auto one, auto two) { return entries[one].first < entries[two].first; });
    for (const std::size_t i : order) tell_entry(path, entries[i].second, depth);
  }

  // What stat says where the path leads.
  void tell_path(const std::string& path) {
    struct stat status {};
    text_ += " " + path + "->" + (stat(path.c_str(), &status) == 0 ? described(status) : error_name());
  }

  void tell_kept(const std::string& number) {
    const int fd = descriptor(number);
    struct stat status {};
    text_ += " " + number + "=fd" + std::to_string(fd) + ",";
    if (fstat(fd, &status) != 0) {
      text_ += error_name();
      return;
    }
    const int flags = fcntl(fd, F_GETFL);
    text_ += described(status) + ",at" + std::to_string(lseek(fd, 0, SEEK_CUR)) + ",F" + std::to_string(flags);
    const bool is_readable = (flags & O_PATH) == 0 && (flags & O_ACCMODE) != O_WRONLY;
    if (S_ISREG(status.st_mode) && is_readable) text_ += "," + content_told(fd);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string described(const struct stat& status) {
    std::string text(1, type_letter(status.st_mode));
    char mode[8];
    std::snprintf(mode, sizeof mode, "%o", static_cast<unsigned>(status.st_mode & 07777U));
    text += mode;
    if (!S_ISDIR(status.st_mode)) text += ",s" + std::to_string(status.st_size);
    const auto known = known_.emplace(std::pair(status.st_dev, status.st_ino), known_.size() + 1).first;
    return text + ",n" + std::to_string(status.st_nlink) + ",u" + std::to_string(status.st_uid) + ":" +
           std::to_string(status.st_gid) + ",i" + std::to_string(known->second) + ",m" + time_told(status.st_mtim) +
           ",a" + time_told(status.st_atim);
  }

  void tell_entry(const std::string& folder, const dirent& entry, int depth) {
    const std::string path = folder.empty() ? entry.d_name : folder + "/" + static_cast<const char*>(entry.d_name);
    struct stat status {};
    text_ += " " + path + ":";
    if (lstat(path.c_str(), &status) != 0) {
      text_ += error_name();
      return;
    }
    text_ += described(status);
    if (entry.d_type != type_of_entry(status.st_mode)) text_ += ",listed as type " + std::to_string(entry.d_type);
    if (entry.d_ino != status.st_ino) text_ += ",listed as another";
    if (S_ISLNK(status.st_mode)) tell_link(path);
    if (S_ISREG(status.st_mode)) tell_file(path);
    if (S_ISDIR(status.st_mode) && depth > 0) tell_folder(path, depth - 1);
  }

  void tell_link(const std::string& path) {
    char target[4096];
    const ssize_t size = readlink(path.c_str(), target, sizeof target);
    text_ += ",to:" + (size < 0 ? error_name() : std::string(target, static_cast<std::size_t>(size)));
  }

  void tell_file(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    text_ += "," + (fd < 0 ? error_name() : content_told(fd));
    if (fd >= 0) close(fd);
  }

  std::string text_;
  std::map<std::pair<dev_t, ino_t>, std::size_t> known_;
};

// Runs it in the turn's folder, wherever the process is.
template <class Call>
auto from_the_top(const Call& call) {
  const int here = open(".", O_PATH | O_CLOEXEC);
  if (chdir(turn_folder().c_str()) != 0) return std::string("the folder is gone");
  std::string text = call();
  if (here < 0 || fchdir(here) != 0) text += " (elsewhere)";
  if (here >= 0) close(here);
  return text;
}

std::string observe(const Arguments& a) {
  return from_the_top([&] {
    View view;
    constexpr int most_levels = 8;
    view.tell_folder("", most_levels);
    for (const std::string& path : a) view.tell_path(path);
    // Those of O_PATH last: see docs/limits.md for what a rename may do to them, and the numbers of files go on from
    // there.
    for (const bool is_path : {false, true}) {
      for (const std::string& number : kept_numbers()) {
        if (((fcntl(descriptor(number), F_GETFL) & O_PATH) != 0) == is_path) view.tell_kept(number);
      }
    }
    return view.text();
  });
}

// Removes what is in the folder of that descriptor, which is closed; says what could not be done.
std::string clear_folder(int folder_fd) {
  std::string trouble;
  DIR* folder = fdopendir(folder_fd);
  if (folder == nullptr) return " " + error_name();
  std::vector<std::string> names;
  while (const dirent* entry = readdir(folder)) names.emplace_back(static_cast<const char*>(entry->d_name));
  for (const std::string& name : names) {
    if (name == "." || name == "..") continue;
    struct stat status {};
    if (fstatat(folder_fd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) trouble += " " + name + error_name();
    if (S_ISDIR(status.st_mode)) {
      fchmodat(folder_fd, name.c_str(), 0700, 0);
      trouble += clear_folder(openat(folder_fd, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }
    if (unlinkat(folder_fd, name.c_str(), S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0) != 0) {
      trouble += " " + name + " " + error_name();
    }
  }
  closedir(folder);
  return trouble;
}

}  // namespace

Steps observing_steps() {
  Steps s;
  s["observe"] = observe;
  s["clear"] = [](const Arguments&) {
    chmod(turn_folder().c_str(), 0755);
    return "cleared" + clear_folder(open(turn_folder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  };
  return s;
}

}  // namespace memfile::probe
