#include "tests/probe/step.hpp"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace memfile::probe {

namespace {

std::vector<int> opened;
std::vector<FILE*> streams;

}  // namespace

const char* path_of(const std::string& word) {
  if (word == "NULL") return nullptr;
  if (word == "BAD") return reinterpret_cast<const char*>(16);
  return word.c_str();
}

std::string answer(long result) {
  const std::string error = errno == mark ? "kept" : strerrorname_np(errno) == nullptr ? "?" : strerrorname_np(errno);
  return (result < 0 ? "failed" : "done") + std::string(", errno ") + error;
}

int flags_of(const std::string& words) {
  static const std::map<std::string, int> known{
      {"rdonly", O_RDONLY},  {"wronly", O_WRONLY}, {"rdwr", O_RDWR},       {"creat", O_CREAT},
      {"excl", O_EXCL},      {"trunc", O_TRUNC},   {"append", O_APPEND},   {"nofollow", O_NOFOLLOW},
      {"path", O_PATH},      {"direct", O_DIRECT}, {"cloexec", O_CLOEXEC}, {"directory", O_DIRECTORY},
      {"tmpfile", O_TMPFILE}};
  int flags = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find('|', at), words.size());
    flags |= known.at(words.substr(at, end - at));
    at = end + 1;
  }
  return flags;
}

std::string keep(int fd) {
  std::string text = answer(fd);
  if (fd >= 0) opened.push_back(fd);
  return text;
}

std::string keep(FILE* stream) {
  std::string text = answer(stream == nullptr ? -1 : 0);
  if (stream != nullptr) streams.push_back(stream);
  return text;
}

mode_t mode_of(const Arguments& a, std::size_t index) {
  return a.size() > index ? static_cast<mode_t>(std::strtoul(a[index].c_str(), nullptr, 8)) : 0666;
}

int descriptor(const std::string& word) { return opened.at(std::stoul(word)); }
FILE* stream(const std::string& word) { return streams.at(std::stoul(word)); }

int open_folder() { return open(".", O_RDONLY | O_DIRECTORY); }

void close_folder(int dirfd) {
  const int error = errno;
  close(dirfd);
  errno = error;
}

}  // namespace memfile::probe
