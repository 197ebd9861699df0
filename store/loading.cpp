// load(): copy into an unpublished RAM file, exchange a link to it with the disk file, and look whether somebody asked
// for the lease meanwhile. The disk file goes last.
#include "store/loading.hpp"

#include <linux/fs.h>

#include "store/copying.hpp"
#include "store/descriptor.hpp"
#include "store/held_path.hpp"
#include "store/kernel.hpp"
#include "store/lease.hpp"
#include "store/place.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

class Load {
 public:
  Load(const Settings& settings, At at, At home) : at_(at), home_(home), file_(at), place_(settings, home) {}

  Transfer run() {
    if (file_.fault() != 0) return Transfer::failed(file_.fault());
    int result = kernel::statx(file_.at().dirfd, file_.at().path, AT_SYMLINK_NOFOLLOW, status_);
    if (result != 0) return Transfer::failed(result);
    if (!S_ISREG(status_.stx_mode)) return Transfer::failed(-EINVAL);
    if (status_.stx_nlink != 1) return Transfer::busy();
    result = place_.find();
    if (result != 0) return Transfer::failed(result);
    if (!place_.has_room(status_.stx_mode, status_.stx_size)) return Transfer::failed(-ENOSPC);
    if (is_open_here(status_)) return Transfer::busy();
    const Descriptor file(open_file());
    if (file.get() < 0) return Transfer::failed(file.get());
    const WriteLease lease(file.get());
    return lease.is_held() ? copy(file.get(), lease) : Transfer::busy();
  }

  [[nodiscard]] const RamPath& ram() const { return place_.ram(); }

 private:
  [[nodiscard]] int open_file() const {
    constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    const At at = file_.at();
    const int fd = kernel::openat(at.dirfd, at.path, flags | O_NOATIME);
    return fd == -EPERM ? kernel::openat(at.dirfd, at.path, flags) : fd;
  }

  Transfer copy(int file, const WriteLease& lease) {
    int result = kernel::statx(file, "", AT_EMPTY_PATH, status_);
    if (result != 0) return Transfer::failed(result);
    const Descriptor ram(place_.settle([](const char* path) {
      return kernel::openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    }));
    if (ram.get() < 0) return Transfer::failed(ram.get());
    result = copy_file(file, status_, ram.get());
    const Transfer transfer = result == 0 ? publish(lease) : Transfer::failed(result);
    if (transfer.outcome != Transferred::done && !is_published_) place_.withdraw();
    return transfer;
  }

  Transfer publish(const WriteLease& lease) {
    if (!note()) return Transfer::failed(-ENOSPC);
    int result = kernel::symlinkat(place_.ram().c_str(), file_.beside().dirfd, file_.beside().path);
    if (result != 0) return Transfer::failed(result);
    result = exchange();
    if (result != 0) {
      remove_beside();
      return Transfer::failed(result);
    }
    if (is_our_file_aside() && !lease.is_asked_back()) {
      remove_beside();
      return {.outcome = Transferred::done};
    }
    result = exchange();
    if (result == 0) remove_beside();
    is_published_ = result != 0;  // the file stays aside, and nothing is lost
    return result == 0 ? Transfer::busy() : Transfer::failed(result);
  }

  [[nodiscard]] int exchange() const {
    const At beside = file_.beside();
    const At at = file_.at();
    return kernel::renameat2(beside.dirfd, beside.path, at.dirfd, at.path, RENAME_EXCHANGE);
  }

  void remove_beside() const { kernel::unlinkat(file_.beside().dirfd, file_.beside().path); }

  [[nodiscard]] bool is_our_file_aside() const {
    kernel::Status aside{};
    return kernel::statx(file_.beside().dirfd, file_.beside().path, AT_SYMLINK_NOFOLLOW, aside) == 0 &&
           kernel::are_one_file(aside, status_);
  }

  // On its way to another path it does not belong into RAM yet.
  [[nodiscard]] bool note() const {
    const bool is_on_its_way = std::string_view(at_.path) != home_.path || at_.dirfd != home_.dirfd;
    return is_on_its_way ? note_owed(place_.ram(), at_) : note_place(place_.ram(), at_);
  }

  At at_;
  At home_;
  HeldPath file_;
  Place place_;
  kernel::Status status_{};
  bool is_published_ = false;
};

}  // namespace

Transfer load(const Settings& settings, At at, At home, RamPath& ram) {
  const Pooled<Load> work(settings, at, home);
  if (!work) return Transfer::failed(-ENOMEM);
  const Transfer transfer = work->run();
  ram = work->ram();
  return transfer;
}

}  // namespace memfile::store
