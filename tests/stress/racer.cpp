// One of several processes that create, read, remove, rename and link on the same few paths: `racer SEED SECONDS
// all|reading|replacing|following`. Every file holds a record that tells whose it is and how long; a reader knows a
// wrong byte. Ends with 1, and says why, on the first thing that a disk would not have shown. Who replaces puts new
// files in the place of others and does nothing else; who follows then finds a file at each path, always.
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <random>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr unsigned paths = 20;

struct Header {
  char magic[8];
  std::uint32_t seed;
  std::uint32_t size;  // of the whole record
};
constexpr char magic[8] = {'m', 'f', 'r', 'e', 'c', 'o', 'r', 'd'};

char byte_of(std::uint32_t seed, std::size_t at) {
  return static_cast<char>((seed * 2654435761UL + at * 40503UL) >> 8U);
}

std::string record(std::uint32_t seed) {
  std::string text(sizeof(Header) + seed % 9000, '\0');
  Header header{{}, seed, static_cast<std::uint32_t>(text.size())};
  std::memcpy(static_cast<char*>(header.magic), static_cast<const char*>(magic), sizeof magic);
  std::memcpy(text.data(), &header, sizeof header);
  for (std::size_t i = sizeof header; i < text.size(); ++i) text[i] = byte_of(seed, i);
  return text;
}

// A writer may not be done: the beginning of a record is fine.
bool is_beginning_of_record(const std::string& text) {
  if (text.size() < sizeof(Header)) return text.empty();
  Header header;
  std::memcpy(&header, text.data(), sizeof header);
  return record(header.seed).starts_with(text);
}

class Racer {
 public:
  explicit Racer(unsigned seed) : random_(seed), seed_(seed << 20U) {}

  bool race(int seconds, std::string_view role) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (is_well_ && std::chrono::steady_clock::now() < end) {
      if (role == "replacing") {
        replace(path());
      } else if (role == "following") {
        follow(path());
      } else if (role == "reading" || random_() % 3 == 0) {
        random_() % 2 == 0 ? read() : describe();
      } else {
        change();
      }
    }
    return is_well_;
  }

 private:
  std::string path() {
    const auto n = random_() % paths;
    return (n % 2 == 0 ? "f" : "d/f") + std::to_string(n);
  }

  // The result of a call on the paths: what a disk could not have answered ends the race.
  void check(const char* call, long result, std::initializer_list<int> errors) {
    if (result >= 0) return;
    for (const int error : errors) {
      if (errno == error) return;
    }
    std::printf("%s: %s\n", call, std::strerror(errno));
    is_well_ = false;
  }

  void read() {
    const std::string name = path();
    const int fd = open(name.c_str(), O_RDONLY);
    check("open for reading", fd, {ENOENT});
    if (fd < 0) return;
    std::string text;
    char buffer[16384];
    ssize_t size = 0;
    while ((size = ::read(fd, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(size));
    close(fd);
    if (is_beginning_of_record(text)) return;
    std::printf("%s holds wrong bytes, %zu of them\n", name.c_str(), text.size());
    is_well_ = false;
  }

  void describe() {
    struct stat status {};
    const std::string name = path();
    const int result = inside_ ? lstat(name.c_str(), &status) : stat(name.c_str(), &status);
    check("stat", result, {ENOENT});
    if (result != 0 || S_ISREG(status.st_mode)) return;
    std::printf("%s is no regular file\n", name.c_str());
    is_well_ = false;
  }

  void create(const std::string& name, int flags) {
    const int fd = open(name.c_str(), O_WRONLY | O_CREAT | flags, 0600);
    check("create", fd, {EEXIST});
    if (fd < 0) return;
    const std::string text = record(seed_++);
    check("write", write(fd, text.data(), text.size()), {});
    close(fd);
  }

  void replace(const std::string& name) {
    const std::string fresh = name + ".new" + std::to_string(getpid());
    create(fresh, O_EXCL);
    check("rename over", rename(fresh.c_str(), name.c_str()), {});
    // Between two names of one file a rename does nothing.
    check("unlink of what was renamed", unlink(fresh.c_str()), {ENOENT});
  }

  void follow(const std::string& name) {
    struct stat status {};
    switch (random_() % 5) {
      case 0:
        check("stat", stat(name.c_str(), &status), {});
        break;
      case 1:
        check("lstat", lstat(name.c_str(), &status), {});
        break;
      case 2:
        check("access", access(name.c_str(), R_OK), {});
        break;
      case 3: {
        const int fd = open(name.c_str(), O_RDONLY);
        check("open", fd, {});
        if (fd >= 0) close(fd);
        break;
      }
      default: {
        FILE* stream = fopen(name.c_str(), "r");
        check("fopen", stream == nullptr ? -1 : 0, {});
        if (stream != nullptr) (void)fclose(stream);
        break;
      }
    }
  }

  void change() {
    const std::string one = path();
    const std::string other = path();
    switch (random_() % 6) {
      case 0:
        create(one, O_EXCL);
        break;
      case 1:
        check("unlink", unlink(one.c_str()), {ENOENT});
        break;
      case 2:
        check("rename", rename(one.c_str(), other.c_str()), {ENOENT});
        break;
      case 3:
        check("link", link(one.c_str(), other.c_str()), {ENOENT, EEXIST});
        break;
      case 4:
        replace(one);
        break;
      default:
        check("exchange", renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE), {ENOENT});
        break;
    }
  }

  std::mt19937 random_;
  std::uint32_t seed_;
  bool is_well_ = true;
  bool inside_ = std::getenv("LD_PRELOAD") != nullptr;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  Racer racer(static_cast<unsigned>(std::atoi(argv[1])));
  return racer.race(std::atoi(argv[2]), argv[3]) ? 0 : 1;
}
