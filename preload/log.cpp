#include "preload/log.hpp"

#include <atomic>
#include <cstring>
#include <unistd.h>

#include "store/kernel.hpp"
#include "store/path_buffer.hpp"

namespace memfile::preload {

namespace {

constinit std::atomic<const char*> log_path{nullptr};
constexpr std::string_view to_stderr = "stderr";

void write_line(std::string_view line) {
  const char* path = log_path.load(std::memory_order_relaxed);
  if (path == to_stderr) {
    kernel::write(STDERR_FILENO, line.data(), line.size());
    return;
  }
  const int fd = kernel::openat(AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
  if (fd < 0) return;
  kernel::write(fd, line.data(), line.size());
  kernel::close(fd);
}

}  // namespace

void open_log(const char* destination) {
  if (destination == nullptr || (destination != to_stderr && destination[0] != '/')) return;
  const std::size_t size = std::strlen(destination) + 1;
  log_path.store(static_cast<const char*>(std::memcpy(new char[size], destination, size)), std::memory_order_relaxed);
}

bool is_logging() { return log_path.load(std::memory_order_relaxed) != nullptr; }

void log_decision(const char* call, std::string_view path, bool is_ram, int rule, std::string_view reason) {
  if (!is_logging()) return;
  store::PathBuffer line;
  if (!line) return;
  *line << "memfile: " << static_cast<std::uint64_t>(kernel::getpid()) << ' ' << call << ' ';
  *line << path.substr(0, store::PathText::capacity() - 192) << " -> " << (is_ram ? "ram" : "disk");
  *line << " (rule " << static_cast<std::uint64_t>(rule) + 1 << ')' << reason << '\n';
  write_line(line->view());
}

void say(std::string_view text) {
  store::Text<1024> line;
  line << "memfile: " << text.substr(0, 1000) << '\n';
  kernel::write(STDERR_FILENO, line.c_str(), line.size());
}

}  // namespace memfile::preload
