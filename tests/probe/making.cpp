// Steps that make what is no regular file, or make one without opening it.
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

extern "C" {
int __xmknod(int version, const char* path, mode_t mode, dev_t* device);
int __xmknodat(int version, int dirfd, const char* path, mode_t mode, dev_t* device);
}

namespace memfile::probe {

namespace {

// The version that names dev_t.
constexpr int node_version = __WORDSIZE == 32 ? 1 : 0;

// `bind PATH`: a socket's address, without a NUL byte at its end.
std::string bind_socket(const Arguments& a) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, a[0].data(), a[0].size());
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  errno = mark;
  const int result = bind(fd, reinterpret_cast<sockaddr*>(&address),
                          static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + a[0].size()));
  std::string text = answer(result);
  close(fd);
  return text;
}

// Nodes are made with the type and mode of the octal number: 100644 is a regular file.
dev_t no_device = 0;

}  // namespace

Steps making_steps() {
  Steps s;
  s["mkdir"] = [](const Arguments& a) { return answer(mkdir(path_of(a[0]), mode_of(a, 1))); };
  s["mkdirat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return mkdirat(d, path_of(a[0]), mode_of(a, 1)); }));
  };
  s["mkfifo"] = [](const Arguments& a) { return answer(mkfifo(path_of(a[0]), mode_of(a, 1))); };
  s["mkfifoat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return mkfifoat(d, path_of(a[0]), mode_of(a, 1)); }));
  };
  s["symlink"] = [](const Arguments& a) { return answer(symlink(path_of(a[0]), path_of(a[1]))); };
  s["link-to"] = [](const Arguments& a) { return answer(symlink("target", path_of(a[0]))); };
  s["symlinkat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return symlinkat("target", d, path_of(a[0])); }));
  };
  s["mknod"] = [](const Arguments& a) { return answer(mknod(path_of(a[0]), mode_of(a, 1), 0)); };
  s["mknodat"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return mknodat(d, path_of(a[0]), mode_of(a, 1), 0); }));
  };
  s["__xmknod_of_no_version"] = [](const Arguments& a) {
    return answer(__xmknod(77, path_of(a[0]), 0644, &no_device));
  };
  s["__xmknodat_of_no_version"] = [](const Arguments& a) {
    return answer(in_folder([&](int d) { return __xmknodat(77, d, path_of(a[0]), 0644, &no_device); }));
  };
  s["__xmknod"] = [](const Arguments& a) {
    return answer(__xmknod(node_version, path_of(a[0]), mode_of(a, 1), &no_device));
  };
  s["__xmknodat"] = [](const Arguments& a) {
    return answer(
        in_folder([&](int d) { return __xmknodat(node_version, d, path_of(a[0]), mode_of(a, 1), &no_device); }));
  };
  s["bind"] = bind_socket;
  return s;
}

}  // namespace memfile::probe
