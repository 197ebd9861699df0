#include "config/config_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace memfile::config {
namespace {

std::string reason(int error) {
  if (error == ENOENT) return "there is no such file; check the name that MEMFILE_CONFIG or -c gives";
  if (error == EACCES) return "you may not read it; change its mode or name another config";
  return std::string("it cannot be read: ") + std::strerror(error);
}

// Why the open file is not read, or nothing.
std::optional<std::string> refusal(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return reason(errno);
  if (S_ISDIR(status.st_mode)) return "it is a folder; name the config in it";
  if (!S_ISREG(status.st_mode)) return "it is not a regular file, and every child reads it anew; save it to one";
  if (status.st_size > static_cast<off_t>(max_config_size)) return "it is larger than 16 MiB; is it a config?";
  return {};
}

// 0, or the errno of a read.
int append_all(int fd, std::string& bytes) {
  char piece[16384];
  while (bytes.size() <= max_config_size) {
    const ssize_t count = ::read(fd, piece, sizeof piece);
    if (count == 0) return 0;
    if (count > 0) bytes.append(piece, static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) return errno;
  }
  return EFBIG;
}

}  // namespace

Result<std::string> read_bytes(const std::string& file) {
  const auto problem = [&](std::string message) { return Problem{file, {}, {}, std::move(message)}; };
  if (!file.starts_with('/')) return problem("its path is not absolute, and no working folder is known");
  // O_NONBLOCK: a FIFO without a writer would hang the program before it began.
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return problem(reason(errno));
  auto refused = refusal(fd);
  std::string bytes;
  if (!refused) {
    if (const int error = append_all(fd, bytes); error != 0) refused = reason(error);
  }
  ::close(fd);
  if (refused) return problem(*refused);
  return bytes;
}

}  // namespace memfile::config
