// Steps on what is open, and on the process.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

std::string content_of(int fd) {
  std::string text;
  char buffer[4096];
  ssize_t size = 0;
  while ((size = read(fd, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(size));
  return size < 0 ? answer(size) : text;
}

// `fill FD BYTES` appends to an empty file until so many are there or a write fails, and looks whether what was written
// can be read.
std::string fill(const Arguments& a) {
  const std::string block(4096, 'x');
  std::string written;
  ssize_t size = 0;
  while (written.size() < std::stoul(a[1])) {
    size = write(descriptor(a[0]), block.data(), block.size());
    if (size < 0) break;
    written.append(block, 0, static_cast<std::size_t>(size));
  }
  const std::string text = answer(size);
  lseek(descriptor(a[0]), 0, SEEK_SET);
  return text + (content_of(descriptor(a[0])) == written ? ", all there" : ", something else there");
}

// As another process finds it: a process never stands in its own way.
std::string is_locked(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    const int fd = open(path.c_str(), O_RDWR);
    _exit(fd < 0 || fcntl(fd, F_GETLK, &lock) != 0 ? 2 : lock.l_type == F_UNLCK ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? std::to_string(WEXITSTATUS(status)) : "killed";
}

}  // namespace

Steps content_steps() {
  Steps s;
  s["write"] = [](const Arguments& a) { return answer(write(descriptor(a[0]), a[1].data(), a[1].size())); };
  s["read"] = [](const Arguments& a) { return content_of(descriptor(a[0])); };
  s["rewind"] = [](const Arguments& a) { return answer(lseek(descriptor(a[0]), 0, SEEK_SET) < 0 ? -1 : 0); };
  s["close"] = [](const Arguments& a) { return answer(close(descriptor(a[0]))); };
  s["print"] = [](const Arguments& a) { return answer(std::fprintf(stream(a[0]), "%s", a[1].c_str())); };
  s["fclose"] = [](const Arguments& a) { return answer(std::fclose(stream(a[0]))); };
  s["cat"] = [](const Arguments& a) {
    const int fd = open(a[0].c_str(), O_RDONLY);
    std::string text = fd < 0 ? answer(fd) : content_of(fd);
    if (fd >= 0) close(fd);
    return text;
  };
  s["lock"] = [](const Arguments& a) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    return answer(fcntl(descriptor(a[0]), F_SETLK, &lock));
  };
  s["is-locked"] = [](const Arguments& a) { return is_locked(a[0]); };
  s["fill"] = fill;
  s["seteuid"] = [](const Arguments& a) { return answer(seteuid(static_cast<uid_t>(std::stoul(a[0])))); };
  s["umask"] = [](const Arguments& a) {
    umask(mode_of(a, 0));
    return std::string("done");
  };
  s["chdir"] = [](const Arguments& a) { return answer(chdir(a[0].c_str())); };
  return s;
}

}  // namespace memfile::probe
