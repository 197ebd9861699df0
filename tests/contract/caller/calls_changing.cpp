// Changing owner, mode, times and attributes; and calls by their number.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

namespace {

constexpr int nofollow = AT_SYMLINK_NOFOLLOW;
constexpr const char* attribute = "user.memfile";
constexpr timespec times[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
constexpr timeval old_times[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};

char text[256];

}  // namespace

const std::vector<Call>& changing_calls() {
  static auto* const lchmod = symbol_as<int(const char*, mode_t)>("lchmod");
  static const std::vector<Call> calls{
      {"chown", [](Paths p) -> long { return chown(p.path, geteuid(), getegid()); }},
      {"lchown", [](Paths p) -> long { return lchown(p.path, geteuid(), getegid()); }},
      {"fchownat", [](Paths p) -> long { return fchownat(AT_FDCWD, p.path, geteuid(), getegid(), nofollow); }},
      {"chmod", [](Paths p) -> long { return chmod(p.path, 0600); }},
      {"lchmod", [](Paths p) -> long { return lchmod(p.path, 0600); }},
      {"fchmodat", [](Paths p) -> long { return fchmodat(AT_FDCWD, p.path, 0600, nofollow); }},
      {"utimensat", [](Paths p) -> long { return utimensat(AT_FDCWD, p.path, times, nofollow); }},
      {"lutimes", [](Paths p) -> long { return lutimes(p.path, old_times); }},
      {"lsetxattr", [](Paths p) -> long { return lsetxattr(p.path, attribute, "value", 5, 0); }},
      {"lgetxattr", [](Paths p) -> long { return lgetxattr(p.path, attribute, text, sizeof text); }},
      {"llistxattr", [](Paths p) -> long { return llistxattr(p.path, text, sizeof text); }},
      {"lremovexattr", [](Paths p) -> long { return lremovexattr(p.path, attribute); }},
      {"prctl", [](Paths) -> long { return prctl(PR_GET_DUMPABLE); }},
      {"syscall to create",
       [](Paths p) { return closed(static_cast<int>(syscall(SYS_openat, AT_FDCWD, p.path, O_RDWR | O_CREAT, 0640))); }},
      {"syscall to remove", [](Paths p) -> long { return syscall(SYS_unlinkat, AT_FDCWD, p.path, 0); }},
      {"syscall about no path", [](Paths) -> long { return syscall(SYS_getppid); }},
  };
  return calls;
}

}  // namespace memfile::contract
