// Steps that walk a tree, and that remove its folders. What a walk says of each object is compared with what lstat
// says.
#include <algorithm>
#include <csetjmp>
#include <fcntl.h>
#include <fts.h>
#include <ftw.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

std::vector<std::string> seen;
int flags_of_walk = 0;
std::string stop_at;
int result_at_stop = 0;

std::string taken_seen() {
  std::vector<std::string> lines;
  lines.swap(seen);
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += " " + line;
  return text;
}

const char* agreement(const char* path, const auto& status) {
  struct stat real {};
  const int error = errno;
  const bool is_there = lstat(path, &real) == 0;
  errno = error;
  if (!is_there) return "absent";
  const bool is_same = real.st_ino == status.st_ino && real.st_dev == status.st_dev && real.st_size == status.st_size &&
                       real.st_mode == status.st_mode;
  return is_same ? "same" : "different";
}

template <class Status>
int see(const char* path, const Status* status, int flag, FTW* place) {
  const char* reached = (flags_of_walk & FTW_CHDIR) != 0 ? path + place->base : path;
  const char* base = path + place->base;
  if (*reached == '\0') reached = ".";
  seen.push_back(std::string(path) + ":" + std::to_string(flag) + ":" + std::to_string(place->level) + ":" +
                 agreement(reached, *status));
  return !stop_at.empty() && base == stop_at ? result_at_stop : 0;
}

template <class Status>
int see_plainly(const char* path, const Status* status, int flag) {
  seen.push_back(std::string(path) + ":" + std::to_string(flag) + ":" +
                 (flag == FTW_NS ? "unknown" : agreement(path, *status)));
  return 0;
}

int walk_flags(const std::string& words) {
  int flags = 0;
  for (const auto& [word, flag] : std::map<std::string, int>{{"phys", FTW_PHYS},
                                                             {"chdir", FTW_CHDIR},
                                                             {"depth", FTW_DEPTH},
                                                             {"mount", FTW_MOUNT},
                                                             {"action", FTW_ACTIONRETVAL}}) {
    if (words.find(word) != std::string::npos) flags |= flag;
  }
  return flags;
}

// WALK FLAGS ROOT [NAME RESULT]: what the function returns at NAME.
template <class Call>
Step walks(const Call& call) {
  return [call](const Arguments& a) {
    flags_of_walk = walk_flags(a[0]);
    stop_at = a.size() > 3 ? a[2] : "";
    result_at_stop = a.size() > 3 ? std::stoi(a[3]) : 0;
    errno = mark;
    const int result = call(a[1].c_str(), flags_of_walk);
    const std::string text = std::to_string(result) + ", " + answer(result);
    return text + taken_seen();
  };
}

std::jmp_buf outer_step;

int leave(const char*, const struct stat*, int, FTW*) { std::longjmp(outer_step, 1); }

// At each object another walk begins, and is left by a longjmp.
int see_after_a_leap(const char* path, const struct stat* status, int flag, FTW* place) {
  if (setjmp(outer_step) == 0) (void)nftw("sub", leave, 4, FTW_PHYS);
  return see(path, status, flag, place);
}

int fts_flags(const std::string& words) {
  int flags = 0;
  for (const auto& [word, flag] : std::map<std::string, int>{{"phys", FTS_PHYSICAL},
                                                             {"logical", FTS_LOGICAL},
                                                             {"nochdir", FTS_NOCHDIR},
                                                             {"nostat", FTS_NOSTAT},
                                                             {"comfollow", FTS_COMFOLLOW},
                                                             {"seedot", FTS_SEEDOT}}) {
    if (words.find(word) != std::string::npos) flags |= flag;
  }
  return flags;
}

template <class Entry>
std::string told(const Entry& entry, int options, const std::string& path) {
  std::string text = std::string(entry.fts_name) + ":" + std::to_string(entry.fts_info) + ":" +
                     std::to_string(entry.fts_level) + ":" + std::to_string(entry.fts_errno);
  const bool is_described = (options & FTS_NOSTAT) == 0 && entry.fts_info != FTS_NSOK && entry.fts_info != FTS_NS;
  if (is_described) text += std::string(":") + agreement(path.c_str(), *entry.fts_statp);
  return text;
}

struct Calls {
  static constexpr auto open = fts_open;
  static constexpr auto read = fts_read;
  static constexpr auto children = fts_children;
  static constexpr auto set = fts_set;
  static constexpr auto close = fts_close;
};

#ifdef __USE_TIME_BITS64
// The header declares those with a 64 against each other then.
using Calls64 = Calls;
#else
struct Calls64 {
  static constexpr auto open = fts64_open;
  static constexpr auto read = fts64_read;
  static constexpr auto children = fts64_children;
  static constexpr auto set = fts64_set;
  static constexpr auto close = fts64_close;
};
#endif

std::vector<char*> roots_of(Arguments& roots) {
  std::vector<char*> pointers;
  for (std::string& root : roots) pointers.push_back(root.data());
  pointers.push_back(nullptr);
  return pointers;
}

// FLAGS ROOT...
template <class C>
Step hierarchies() {
  return [](const Arguments& a) {
    const int options = fts_flags(a[0]);
    Arguments roots(a.begin() + 1, a.end());
    auto* hierarchy = C::open(roots_of(roots).data(), options, nullptr);
    errno = mark;
    while (auto* entry = C::read(hierarchy)) seen.push_back(told(*entry, options, entry->fts_accpath));
    std::string text = answer(0) + taken_seen();
    C::close(hierarchy);
    return text;
  };
}

// FLAGS INSTRUCTION ROOT...: each file and link is met a second time.
template <class C>
Step instructed() {
  return [](const Arguments& a) {
    const int options = fts_flags(a[0]);
    const int instruction = a[1] == "again" ? FTS_AGAIN : a[1] == "follow" ? FTS_FOLLOW : FTS_SKIP;
    Arguments roots(a.begin() + 2, a.end());
    auto* hierarchy = C::open(roots_of(roots).data(), options, nullptr);
    std::set<std::string> met;
    while (auto* entry = C::read(hierarchy)) {
      seen.push_back(told(*entry, options, entry->fts_accpath));
      const bool is_new = entry->fts_info != FTS_D && entry->fts_info != FTS_DP && met.insert(entry->fts_path).second;
      if (is_new && C::set(hierarchy, entry, instruction) != 0) seen.emplace_back("not set");
    }
    C::close(hierarchy);
    return taken_seen();
  };
}

template <class Entry>
void see_children(Entry* first, const std::string& folder, int options) {
  for (auto* child = first; child != nullptr; child = child->fts_link) {
    seen.push_back("child:" + told(*child, options, folder + "/" + child->fts_name));
  }
}

// FLAGS FLAGS-OF-CHILDREN ROOT...: the arguments, and each folder's children before the folder is entered.
template <class C>
Step children() {
  return [](const Arguments& a) {
    const int options = fts_flags(a[0]);
    const int kind = a[1] == "names" ? FTS_NAMEONLY : 0;
    Arguments roots(a.begin() + 2, a.end());
    auto* hierarchy = C::open(roots_of(roots).data(), options, nullptr);
    for (auto* child = C::children(hierarchy, kind); child != nullptr; child = child->fts_link) {
      seen.push_back("argument:" + told(*child, options, child->fts_accpath));
    }
    while (auto* entry = C::read(hierarchy)) {
      seen.push_back("read:" + told(*entry, options, entry->fts_accpath));
      if (entry->fts_info != FTS_D) continue;
      const std::string folder = entry->fts_accpath;
      const auto child = C::children(hierarchy, kind);
      seen.push_back("children-of:" + std::string(entry->fts_name) + ":" + (child == nullptr ? answer(0) : "some"));
      see_children(child, folder, options);
    }
    C::close(hierarchy);
    return taken_seen();
  };
}

}  // namespace

Steps walking_steps() {
  Steps s;
  s["ftw"] = walks([](const char* root, int) { return ftw(root, see_plainly<struct stat>, 4); });
  s["ftw64"] = walks([](const char* root, int) { return ftw64(root, see_plainly<struct stat64>, 4); });
  s["nftw"] = walks([](const char* root, int flags) { return nftw(root, see<struct stat>, 4, flags); });
  s["nftw64"] = walks([](const char* root, int flags) { return nftw64(root, see<struct stat64>, 4, flags); });
  s["nested_nftw"] = walks([](const char* root, int flags) { return nftw(root, see_after_a_leap, 4, flags); });
  s["fts_read"] = hierarchies<Calls>();
  s["fts64_read"] = hierarchies<Calls64>();
  s["fts_set"] = instructed<Calls>();
  s["fts64_set"] = instructed<Calls64>();
  s["fts_children"] = children<Calls>();
  s["fts64_children"] = children<Calls64>();
  s["rmdir"] = [](const Arguments& a) { return answer(rmdir(path_of(a[0]))); };
  s["unlinkat_folder"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return unlinkat(d, path_of(a[0]), AT_REMOVEDIR); }));
  };
  return s;
}

}  // namespace memfile::probe
