// Steps on what is kept, beyond those of content.cpp, and those that bring what libc makes up itself to a given name.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

std::string bytes(ssize_t size, const std::string& buffer) {
  return size < 0 ? answer(size) : answer(size) + ", " + buffer.substr(0, static_cast<std::size_t>(size));
}

off_t offset(const Arguments& a, std::size_t index) { return std::stol(a.at(index)); }

// `write-mapped FD TEXT`: writes by a shared mapping of what is there already.
std::string write_by_map(const Arguments& a) {
  struct stat status {};
  if (fstat(descriptor(a[0]), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return "nothing to map";
  void* bytes_there =
      mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor(a[0]), 0);
  if (bytes_there == MAP_FAILED) return answer(-1);
  static_cast<char*>(bytes_there)[status.st_size - 1] = a[1][0];
  return answer(munmap(bytes_there, static_cast<std::size_t>(status.st_size)));
}

// `mkstemp-as TEMPLATE NAME`: a name that nobody can foresee cannot be compared, and is not to stay.
std::string make_temporary_as(const Arguments& a) {
  std::string name = a[0] + "XXXXXX";
  const int fd = mkstemp(name.data());
  std::string made = keep(fd);
  if (fd < 0) return made;
  errno = mark;
  const int result = rename(name.c_str(), path_of(a[1]));
  const std::string renamed = answer(result);
  return made + ", renamed: " + renamed + (result == 0 ? "" : ", removed: " + answer(unlink(name.c_str())));
}

// A FIFO without a reader or writer would wait for one.
bool is_pipe(const std::string& path) {
  struct stat status {};
  const bool is_one = stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
  errno = mark;
  return is_one;
}

// `freopen-kept STREAM NAME MODE`
std::string reopen(const Arguments& a) {
  if (is_pipe(a[1])) return "a pipe";
  FILE* old = taken_stream(a[0]);
  keep_next_as(a[0]);
  errno = mark;
  return keep(freopen(path_of(a[1]), a[2].c_str(), old));
}

void add_changes(Steps& s) {
  s["ftruncate"] = [](const Arguments& a) { return answer(ftruncate(descriptor(a[0]), offset(a, 1))); };
  s["fchmod"] = [](const Arguments& a) { return answer(fchmod(descriptor(a[0]), mode_of(a, 1))); };
  s["fsync"] = [](const Arguments& a) { return answer(fsync(descriptor(a[0]))); };
  s["fallocate"] = [](const Arguments& a) {
    return answer(fallocate(descriptor(a[0]), 0, offset(a, 1), offset(a, 2)));
  };
  s["futimens"] = [](const Arguments& a) {
    const timespec times[2] = {{5000, 0}, {6000, 0}};
    return answer(futimens(descriptor(a[0]), times));
  };
  s["flock"] = [](const Arguments& a) { return answer(flock(descriptor(a[0]), LOCK_EX | LOCK_NB)); };
  s["write-mapped"] = write_by_map;
}

}  // namespace

Steps holding_steps() {
  Steps s;
  s["release"] = [](const Arguments& a) { return release(a[0]); };
  s["pread"] = [](const Arguments& a) {
    std::string buffer(std::stoul(a[1]), '\0');
    return bytes(pread(descriptor(a[0]), buffer.data(), buffer.size(), offset(a, 2)), buffer);
  };
  s["read-some"] = [](const Arguments& a) {
    std::string buffer(std::stoul(a[1]), '\0');
    return bytes(read(descriptor(a[0]), buffer.data(), buffer.size()), buffer);
  };
  s["pwrite"] = [](const Arguments& a) {
    return answer(pwrite(descriptor(a[0]), a[1].data(), a[1].size(), offset(a, 2)));
  };
  s["seek"] = [](const Arguments& a) {
    const off_t place = lseek(descriptor(a[0]), offset(a, 1), std::stoi(a[2]));
    return answer(place) + " at " + std::to_string(place);
  };
  s["flush"] = [](const Arguments& a) { return answer(std::fflush(stream(a[0]))); };
  s["freopen-kept"] = reopen;
  s["mkstemp-as"] = make_temporary_as;
  s["fopen-file"] = [](const Arguments& a) {
    return is_pipe(a[0]) ? "a pipe" : keep(fopen(path_of(a[0]), a[1].c_str()));
  };
  s["creat-file"] = [](const Arguments& a) {
    return is_pipe(a[0]) ? "a pipe" : keep(creat(path_of(a[0]), mode_of(a, 1)));
  };
  add_changes(s);
  return s;
}

}  // namespace memfile::probe
