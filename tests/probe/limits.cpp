// Steps that show what a memfile cannot hide.
#include <cstring>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/io_uring.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utmp.h>
#include <utmpx.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

// `inotify FOLDER NAME`: what a watch of the folder tells of a write to the file.
std::string watch_a_write(const Arguments& a) {
  const int watch = inotify_init1(IN_NONBLOCK);
  inotify_add_watch(watch, path_of(a[0]), IN_OPEN | IN_MODIFY | IN_CLOSE_WRITE);
  const int fd = open(path_of(a[1]), O_WRONLY);
  std::string text = answer(write(fd, "x", 1));
  close(fd);
  alignas(inotify_event) char buffer[4096];
  const ssize_t size = read(watch, buffer, sizeof buffer);
  for (ssize_t at = 0; at < size;) {
    const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
    if ((event->mask & IN_MODIFY) != 0) text += ", modified";
    if ((event->mask & IN_CLOSE_WRITE) != 0) text += ", closed";
    at += static_cast<ssize_t>(sizeof *event + event->len);
  }
  close(watch);
  return text;
}

// `copy_file_range FROM TO`: TO has to be there.
std::string copy_range(const Arguments& a) {
  const int from = open(path_of(a[0]), O_RDONLY);
  const int to = open(path_of(a[1]), O_WRONLY);
  errno = mark;
  std::string text = answer(copy_file_range(from, nullptr, to, nullptr, 4096, 0));
  close(from);
  close(to);
  return text;
}

// No call gets another descriptor, as in a program that has used them all.
std::string use_up_descriptors(const Arguments&) {
  const int lowest_free = dup(0);
  close(lowest_free);
  const rlimit none_left{static_cast<rlim_t>(lowest_free), static_cast<rlim_t>(lowest_free)};
  return answer(setrlimit(RLIMIT_NOFILE, &none_left));
}

// `ficlone FROM TO`.
std::string clone_file(const Arguments& a) {
  const int from = open(path_of(a[0]), O_RDONLY);
  const int to = open(path_of(a[1]), O_WRONLY);
  std::string text = answer(ioctl(to, FICLONE, from));
  close(from);
  close(to);
  return text;
}

// `chroot FOLDER NAME`: opens NAME with FOLDER as the root.
std::string open_in_root(const Arguments& a) {
  const int result = chroot(path_of(a[0]));
  return result != 0 ? "no chroot" : keep(open(path_of(a[1]), O_RDONLY));
}

// `map NAME BYTES`: writes to a mapping of a file of that size, which may end the process by SIGBUS.
std::string write_mapped(const Arguments& a) {
  const std::size_t size = std::stoul(a[1]);
  const int fd = open(path_of(a[0]), O_RDWR | O_CREAT, 0600);
  if (ftruncate(fd, static_cast<off_t>(size)) != 0) return answer(-1);
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) return answer(-1);
  std::memset(memory, 'x', size);
  munmap(memory, size);
  close(fd);
  return "all written";
}

// `updwtmpx NAME`, `updwtmp NAME`: appends a record, and tells the size of the file after that.
template <class Record>
std::string append_record(void (*append)(const char*, const Record*), const Arguments& a) {
  Record record{};
  append(path_of(a[0]), &record);
  const int fd = open(path_of(a[0]), O_RDONLY);
  if (fd < 0) return answer(fd);
  const off_t size = lseek(fd, 0, SEEK_END);
  close(fd);
#ifdef __USE_TIME_BITS64
  constexpr off_t record_size = 384;  // what libc writes all the same
#else
  constexpr off_t record_size = sizeof record;
#endif
  return size == record_size ? "one record" : std::to_string(size) + " bytes";
}

// What the rings share with the kernel, at their offsets.
unsigned* at(char* ring, unsigned offset) { return reinterpret_cast<unsigned*>(ring + offset); }

// `io_uring NAME`: creates a file without libc, as liburing does.
std::string create_by_ring(const Arguments& a) {
  io_uring_params setup{};
  const int ring = static_cast<int>(syscall(SYS_io_uring_setup, 1, &setup));
  if (ring < 0) return "no io_uring";
  const std::size_t size = setup.sq_off.array + setup.sq_entries * sizeof(unsigned);
  constexpr int access = PROT_READ | PROT_WRITE;
  auto* queue = static_cast<char*>(mmap(nullptr, size, access, MAP_SHARED, ring, IORING_OFF_SQ_RING));
  auto* entry = static_cast<io_uring_sqe*>(
      mmap(nullptr, sizeof(io_uring_sqe), access, MAP_SHARED, ring, static_cast<off_t>(IORING_OFF_SQES)));
  *entry = {};
  entry->opcode = IORING_OP_OPENAT;
  entry->fd = AT_FDCWD;
  entry->addr = reinterpret_cast<std::uintptr_t>(path_of(a[0]));
  entry->len = 0600;
  entry->open_flags = O_WRONLY | O_CREAT;
  *at(queue, setup.sq_off.array) = 0;
  __atomic_store_n(at(queue, setup.sq_off.tail), 1U, __ATOMIC_RELEASE);
  const long result = syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, nullptr, 0);
  close(ring);
  return answer(result);
}

}  // namespace

Steps limit_steps() {
  Steps s;
  s["inotify"] = watch_a_write;
  s["use-up-descriptors"] = use_up_descriptors;
  s["copy_file_range"] = copy_range;
  s["ficlone"] = clone_file;
  s["chroot"] = open_in_root;
  s["map"] = write_mapped;
  s["updwtmpx"] = [](const Arguments& a) { return append_record(updwtmpx, a); };
  s["updwtmp"] = [](const Arguments& a) { return append_record(updwtmp, a); };
  s["io_uring"] = create_by_ring;
  // Where a stream's file is: "ram" or "disk".
  s["place"] = [](const Arguments& a) {
    char target[64]{};
    const std::string link = "/proc/self/fd/" + std::to_string(fileno(stream(a[0])));
    const bool is_read = syscall(SYS_readlinkat, AT_FDCWD, link.c_str(), target, sizeof target - 1) > 0;
    return !is_read ? "nowhere" : std::strncmp(target, "/dev/shm/", 9) == 0 ? "ram" : "disk";
  };
  return s;
}

}  // namespace memfile::probe
