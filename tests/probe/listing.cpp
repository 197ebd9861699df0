// Steps that list a folder. Each entry is told as name:type:whether lstat names the same inode.
#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // readdir_r

namespace memfile::probe {

namespace {

using Lines = std::vector<std::string>;

std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += " " + line;
  return text;
}

std::string sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return joined(lines);
}

template <class Entry>
std::string told(int dirfd, const Entry& entry) {
  const char* type = entry.d_type == DT_REG       ? "file"
                     : entry.d_type == DT_LNK     ? "link"
                     : entry.d_type == DT_DIR     ? "folder"
                     : entry.d_type == DT_UNKNOWN ? "unknown"
                                                  : "other";
  const char* name = entry.d_name;
  struct stat status {};
  const int error = errno;
  const bool is_same = fstatat(dirfd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_ino == entry.d_ino;
  errno = error;
  return std::string(name) + ":" + type + (is_same ? ":same" : ":different");
}

template <class Read>
std::string read_all(const Arguments& a, const Read& read) {
  DIR* folder = opendir(a[0].c_str());
  if (folder == nullptr) return answer(-1);
  Lines lines;
  errno = mark;
  for (auto* entry = read(folder); entry != nullptr; entry = read(folder)) {
    lines.push_back(told(dirfd(folder), *entry));
  }
  std::string text = answer(0) + sorted(lines);
  closedir(folder);
  return text;
}

template <class Entry, class Read>
Step copying(const Read& read) {
  return [read](const Arguments& a) {
    static Entry copy;
    return read_all(a, [&](DIR* folder) {
      Entry* entry = nullptr;
      return read(folder, &copy, &entry) == 0 ? entry : nullptr;
    });
  };
}

Lines names_from(DIR* folder, std::vector<long>* positions = nullptr) {
  Lines names;
  while (true) {
    const long position = telldir(folder);
    const dirent* entry = readdir(folder);
    if (entry == nullptr) return names;
    if (positions != nullptr) positions->push_back(position);
    names.emplace_back(static_cast<const char*>(entry->d_name));
  }
}

// Whether telldir, seekdir and rewinddir lead to the entries that they should.
std::string positions_of(const Arguments& a) {
  DIR* folder = opendir(a[0].c_str());
  std::vector<long> positions;
  const Lines names = names_from(folder, &positions);
  bool is_right = true;
  for (std::size_t at = names.size(); at-- > 0;) {
    seekdir(folder, positions[at]);
    is_right = is_right && names_from(folder) == Lines(names.begin() + static_cast<long>(at), names.end());
  }
  rewinddir(folder);
  is_right = is_right && names_from(folder) == names;
  closedir(folder);
  return (is_right ? "right" : "wrong") + sorted(names);
}

template <class Entry>
void tell_block(Lines& lines, int folder, const char* block, ssize_t size) {
  for (ssize_t at = 0; at < size; at += reinterpret_cast<const Entry*>(block + at)->d_reclen) {
    lines.push_back(told(folder, *reinterpret_cast<const Entry*>(block + at)));
  }
}

// Reads blocks of the size at a[1] (32768 if there is none).
template <class Entry, class Read>
Step blocks(const Read& read) {
  return [read](const Arguments& a) {
    const int folder = open(a[0].c_str(), O_RDONLY | O_DIRECTORY);
    std::vector<char> block(a.size() > 1 ? std::stoul(a[1]) : 32768);
    Lines lines;
    errno = mark;
    ssize_t size = 0;
    while ((size = read(folder, block.data(), block.size())) > 0) tell_block<Entry>(lines, folder, block.data(), size);
    std::string text = answer(size) + sorted(lines);
    close(folder);
    return text;
  };
}

template <class Entry>
int select_files(const Entry* entry) {
  errno = EIO;  // a filter may leave errno as it likes
  return entry->d_type == DT_REG ? 1 : 0;
}

// A scan within a scan.
template <class Entry>
int select_by_scan(const Entry* entry) {
  dirent** inner = nullptr;
  const int count = scandir("sub", &inner, select_files<dirent>, nullptr);
  for (int i = 0; i < count; ++i) std::free(inner[i]);
  if (count > 0) std::free(inner);
  return count == 1 && entry->d_type == DT_REG ? 1 : 0;
}

std::jmp_buf outer_scan;

int leave(const dirent*) { std::longjmp(outer_scan, 1); }

// A scan within a scan, left by a longjmp.
template <class Entry>
int select_after_a_leap(const Entry* entry) {
  dirent** inner = nullptr;
  if (setjmp(outer_scan) == 0) (void)scandir("sub", &inner, leave, nullptr);
  return select_files(entry);
}

// a[1] names the filter: "files", "nested", "left", or all.
template <class Entry, class Scan>
Step scans(const Scan& scan) {
  return [scan](const Arguments& a) {
    Entry** entries = nullptr;
    const std::string filter = a.size() > 1 ? a[1] : "";
    errno = mark;
    const int count = scan(path_of(a[0]), &entries,
                           filter == "files"    ? select_files<Entry>
                           : filter == "nested" ? select_by_scan<Entry>
                           : filter == "left"   ? select_after_a_leap<Entry>
                                                : nullptr);
    std::string text = answer(count);
    if (count < 0) return text;
    const int folder = open(a[0].c_str(), O_PATH);
    for (int i = 0; i < count; ++i) {
      text += " " + told(folder, *entries[i]);
      std::free(entries[i]);
    }
    std::free(entries);
    close(folder);
    return text;
  };
}

int glob_flags(const std::string& words) {
  int flags = 0;
  for (const auto& [word, flag] : std::map<std::string, int>{{"mark", GLOB_MARK},
                                                             {"folders", GLOB_ONLYDIR},
                                                             {"nocheck", GLOB_NOCHECK},
                                                             {"brace", GLOB_BRACE},
                                                             {"err", GLOB_ERR},
                                                             {"period", GLOB_PERIOD}}) {
    if (words.find(word) != std::string::npos) flags |= flag;
  }
  return flags;
}

// Each pattern is appended to what the ones before have found, with a[0]'s flags; two places are left free in front.
template <class Glob, class Call, class Free>
Step globs(const Call& call, const Free& free_found) {
  return [call, free_found](const Arguments& a) {
    Glob found{};
    found.gl_offs = 2;
    std::string text;
    for (std::size_t at = 1; at < a.size(); ++at) {
      const int flags = glob_flags(a[0]) | GLOB_DOOFFS | (at > 1 ? GLOB_APPEND : 0);
      errno = mark;
      const int result = call(a[at].c_str(), flags, &found);
      text += std::to_string(result) + ", flags " + std::to_string(found.gl_flags & ~GLOB_MAGCHAR) + ";";
    }
    const bool is_restored = found.gl_opendir == nullptr && found.gl_readdir == nullptr &&
                             found.gl_closedir == nullptr && found.gl_lstat == nullptr && found.gl_stat == nullptr;
    text += is_restored ? " as it was" : " altered";
    for (std::size_t i = 0; found.gl_pathv != nullptr && i < found.gl_pathc + found.gl_offs; ++i) {
      text += " " + std::string(found.gl_pathv[i] == nullptr ? "-" : found.gl_pathv[i]);
    }
    free_found(&found);
    return text;
  };
}

}  // namespace

Steps listing_steps() {
  Steps s;
  s["readdir"] = [](const Arguments& a) { return read_all(a, readdir); };
  s["readdir64"] = [](const Arguments& a) { return read_all(a, readdir64); };
  s["readdir_r"] = copying<dirent>(readdir_r);
  s["readdir64_r"] = copying<dirent64>(readdir64_r);
  s["seekdir"] = positions_of;
  s["getdents64"] = blocks<dirent64>(getdents64);
  s["getdirentries"] = blocks<dirent>([](int folder, char* block, std::size_t size) {
    off_t base = 0;
    return getdirentries(folder, block, size, &base);
  });
  s["getdirentries64"] = blocks<dirent64>([](int folder, char* block, std::size_t size) {
    off64_t base = 0;
    return getdirentries64(folder, block, size, &base);
  });
  s["scandir"] = scans<dirent>([](auto... a) { return scandir(a..., alphasort); });
  s["scandir64"] = scans<dirent64>([](auto... a) { return scandir64(a..., alphasort64); });
  s["scandirat"] =
      scans<dirent>([](auto... a) { return in_folder([&](int d) { return scandirat(d, a..., alphasort); }); });
  s["scandirat64"] =
      scans<dirent64>([](auto... a) { return in_folder([&](int d) { return scandirat64(d, a..., alphasort64); }); });
  s["glob"] = globs<glob_t>([](const char* p, int f, glob_t* g) { return glob(p, f, nullptr, g); }, globfree);
  s["glob64"] = globs<glob64_t>([](const char* p, int f, glob64_t* g) { return glob64(p, f, nullptr, g); }, globfree64);
  return s;
}

}  // namespace memfile::probe
