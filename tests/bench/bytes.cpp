#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "tests/bench/subjects.hpp"
#include "tests/bench/timing.hpp"

namespace memfile::bench {
namespace {

constexpr int batches = 40;
constexpr std::size_t piece = 65536;
constexpr std::size_t pieces = 64;

// A file of `pieces`, open, as long as this lives.
class File {
 public:
  explicit File(const std::string& path)
      : path_(path), fd_(open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)), bytes_(piece, 'm') {
    require(fd_ >= 0, "opening the file");
    write_all();
  }
  ~File() {
    close(fd_);
    unlink(path_.c_str());
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write_all() { for_each_piece(pwrite); }
  void read_all() { for_each_piece(pread); }
  void map_all() const {
    void* memory = mmap(nullptr, piece * pieces, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
    require(memory != MAP_FAILED, "mmap");
    auto* words = static_cast<volatile unsigned*>(memory);
    for (std::size_t at = 0; at < piece * pieces / sizeof(unsigned); at += 1024) words[at] = words[at] + 1;
    munmap(memory, piece * pieces);
  }

 private:
  template <class Call>
  void for_each_piece(Call call) {
    for (std::size_t i = 0; i < pieces; ++i) {
      const auto done = call(fd_, bytes_.data(), piece, static_cast<off_t>(i * piece));
      require(done == static_cast<ssize_t>(piece), "reading or writing");
    }
  }

  std::string path_;
  int fd_;
  std::vector<char> bytes_;
};

}  // namespace

double write_bytes(Arguments arguments) {
  File file(arguments[0]);
  return time_batches(batches, pieces, [&] { file.write_all(); });
}

double read_bytes(Arguments arguments) {
  File file(arguments[0]);
  return time_batches(batches, pieces, [&] { file.read_all(); });
}

double map_bytes(Arguments arguments) {
  const File file(arguments[0]);
  return time_batches(batches, pieces, [&] { file.map_all(); });
}

}  // namespace memfile::bench
