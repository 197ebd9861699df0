#include "tests/probe/step.hpp"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <set>
#include <unistd.h>

namespace memfile::probe {

namespace {

std::map<std::size_t, int> opened;
std::map<std::size_t, FILE*> streams;
std::optional<std::size_t> next_number;
std::optional<int> start;

std::size_t number_among(const auto& kept) {
  const std::size_t number = next_number.value_or(kept.size());
  next_number.reset();
  return number;
}

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
      {"rdonly", O_RDONLY},   {"wronly", O_WRONLY},    {"rdwr", O_RDWR},       {"creat", O_CREAT},
      {"excl", O_EXCL},       {"trunc", O_TRUNC},      {"append", O_APPEND},   {"nofollow", O_NOFOLLOW},
      {"path", O_PATH},       {"direct", O_DIRECT},    {"cloexec", O_CLOEXEC}, {"directory", O_DIRECTORY},
      {"tmpfile", O_TMPFILE}, {"nonblock", O_NONBLOCK}};
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
  if (fd >= 0) opened[number_among(opened)] = fd;
  return text;
}

std::string keep(FILE* stream) {
  std::string text = answer(stream == nullptr ? -1 : 0);
  if (stream != nullptr) streams[number_among(streams)] = stream;
  return text;
}

mode_t mode_of(const Arguments& a, std::size_t index) {
  return a.size() > index ? static_cast<mode_t>(std::strtoul(a[index].c_str(), nullptr, 8)) : 0666;
}

int descriptor(const std::string& word) {
  const auto found = opened.find(std::stoul(word));
  return found != opened.end() ? found->second : fileno(stream(word));
}

FILE* stream(const std::string& word) { return streams.at(std::stoul(word)); }

FILE* taken_stream(const std::string& word) {
  FILE* taken = stream(word);
  streams.erase(std::stoul(word));
  return taken;
}

void keep_next_as(const std::string& word) {
  release(word);
  next_number = std::stoul(word);
}

std::string release(const std::string& word) {
  const std::size_t number = std::stoul(word);
  std::string text = "nothing is kept there";
  if (const auto fd = opened.extract(number); !fd.empty()) text = answer(close(fd.mapped()));
  if (const auto stream = streams.extract(number); !stream.empty()) text = answer(std::fclose(stream.mapped()));
  return text;
}

std::vector<std::string> kept_numbers() {
  std::set<std::size_t> numbers;
  for (const auto& [number, fd] : opened) numbers.insert(number);
  for (const auto& [number, stream] : streams) numbers.insert(number);
  std::vector<std::string> words;
  words.reserve(numbers.size());
  for (const std::size_t number : numbers) words.push_back(std::to_string(number));
  return words;
}

int open_folder() { return start ? fcntl(*start, F_DUPFD_CLOEXEC, 0) : open(".", O_RDONLY | O_DIRECTORY); }

void start_from(const std::string& word) { start = descriptor(word); }
void start_from_working_folder() { start.reset(); }

void close_folder(int dirfd) {
  const int error = errno;
  close(dirfd);
  errno = error;
}

}  // namespace memfile::probe
