// Making, removing, renaming and linking.
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

namespace {

long bound(Paths p) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (p.path != nullptr && std::strlen(p.path) >= sizeof address.sun_path) return -1;  // no address has room for it
  std::snprintf(address.sun_path, sizeof address.sun_path, "%s", p.path);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int result = bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  (void)closed(fd);
  return result;
}

}  // namespace

const std::vector<Call>& moving_calls() {
  static auto* const xmknod = symbol_as<int(int, const char*, mode_t, dev_t*)>("__xmknod");
  static auto* const xmknodat = symbol_as<int(int, int, const char*, mode_t, dev_t*)>("__xmknodat");
  static dev_t no_device = 0;
  static const std::vector<Call> calls{
      {"unlink", [](Paths p) -> long { return unlink(p.path); }},
      {"unlinkat", [](Paths p) -> long { return unlinkat(AT_FDCWD, p.path, 0); }},
      {"unlinkat of a folder", [](Paths p) -> long { return unlinkat(AT_FDCWD, p.path, AT_REMOVEDIR); }},
      {"remove", [](Paths p) -> long { return std::remove(p.path); }},
      {"rmdir", [](Paths p) -> long { return rmdir(p.path); }},
      {"rename", [](Paths p) -> long { return std::rename(p.path, p.other); }},
      {"rename here", [](Paths p) -> long { return std::rename(p.other, p.path); }},
      {"rename to itself", [](Paths p) -> long { return std::rename(p.path, p.path); }},
      {"renameat", [](Paths p) -> long { return renameat(AT_FDCWD, p.path, AT_FDCWD, p.other); }},
      {"renameat2", [](Paths p) -> long { return renameat2(AT_FDCWD, p.path, AT_FDCWD, p.other, RENAME_NOREPLACE); }},
      {"renameat2 to exchange",
       [](Paths p) -> long { return renameat2(AT_FDCWD, p.path, AT_FDCWD, p.path, RENAME_EXCHANGE); }},
      {"link", [](Paths p) -> long { return link(p.path, p.other); }},
      {"link here", [](Paths p) -> long { return link(p.other, p.path); }},
      {"linkat", [](Paths p) -> long { return linkat(AT_FDCWD, p.path, AT_FDCWD, p.other, 0); }},
      {"linkat through links",
       [](Paths p) -> long { return linkat(AT_FDCWD, p.path, AT_FDCWD, p.other, AT_SYMLINK_FOLLOW); }},
      {"mkdir", [](Paths p) -> long { return mkdir(p.path, 0750); }},
      {"mkdirat", [](Paths p) -> long { return mkdirat(AT_FDCWD, p.path, 0750); }},
      {"mkfifo", [](Paths p) -> long { return mkfifo(p.path, 0640); }},
      {"mkfifoat", [](Paths p) -> long { return mkfifoat(AT_FDCWD, p.path, 0640); }},
      {"symlink", [](Paths p) -> long { return symlink("nowhere", p.path); }},
      {"symlinkat", [](Paths p) -> long { return symlinkat("nowhere", AT_FDCWD, p.path); }},
      {"mknod", [](Paths p) -> long { return mknod(p.path, S_IFREG | 0640, 0); }},
      {"mknodat", [](Paths p) -> long { return mknodat(AT_FDCWD, p.path, S_IFREG | 0640, 0); }},
      {"__xmknod", [](Paths p) -> long { return xmknod(0, p.path, S_IFREG | 0640, &no_device); }},
      {"__xmknodat", [](Paths p) -> long { return xmknodat(0, AT_FDCWD, p.path, S_IFREG | 0640, &no_device); }},
      {"bind", bound},
  };
  return calls;
}

}  // namespace memfile::contract
