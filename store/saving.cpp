// save(): copy, exchange the copy with the link, move the RAM file's name aside so that no old link leads to it, and
// look whether somebody asked for the lease meanwhile.
#include "store/saving.hpp"

#include <climits>
#include <linux/fs.h>

#include "store/copying.hpp"
#include "store/descriptor.hpp"
#include "store/held_path.hpp"
#include "store/kernel.hpp"
#include "store/lease.hpp"
#include "store/link_lock.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

class Save {
 public:
  Save(At at, const RamPath& ram) : link_(at), ram_(ram), directory_(open_directory(ram)) { name_ << ram.name(); }

  Transfer run(Flush flush) {
    if (directory_.get() < 0) return Transfer::failed(directory_.get());
    if (link_.fault() != 0) return Transfer::failed(link_.fault());
    if (!is_our_link(link_.at())) return Transfer::busy();
    kernel::Status status{};
    const int result = kernel::statx(directory_.get(), name_.c_str(), AT_SYMLINK_NOFOLLOW, status);
    if (result != 0) return Transfer::failed(result);
    if (!S_ISREG(status.stx_mode)) return Transfer::failed(-EINVAL);
    if (status.stx_nlink != 1) return Transfer::busy();
    if (is_open_here(status)) return Transfer::busy();
    const Descriptor ram(open_ram_file());
    if (ram.get() < 0) return Transfer::failed(ram.get());
    const WriteLease lease(ram.get());
    return lease.is_held() ? replace_link(ram.get(), lease, flush) : Transfer::busy();
  }

 private:
  [[nodiscard]] int open_ram_file() const {
    constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    const int fd = kernel::openat(directory_.get(), name_.c_str(), flags | O_NOATIME);
    return fd == -EPERM ? kernel::openat(directory_.get(), name_.c_str(), flags) : fd;
  }

  Transfer replace_link(int ram, const WriteLease& lease, Flush flush) {
    int result = write_copy(ram);
    if (result != 0) return Transfer::failed(result);
    // Nobody who preloads us finds the copy there after having put something else in its place.
    const LinkLock lock(link_.at());
    result = exchange();
    if (result != 0) {
      remove_beside();
      return Transfer::failed(result);
    }
    if (!is_our_link(link_.beside())) return exchange_back(Transfer::busy());
    return free_ram_file(lease, flush);
  }

  int write_copy(int ram) {
    kernel::Status status{};
    int result = kernel::statx(ram, "", AT_EMPTY_PATH, status);
    if (result != 0) return result;
    const At beside = link_.beside();
    const Descriptor copy(
        kernel::openat(beside.dirfd, beside.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (copy.get() < 0) return copy.get();
    result = copy_file(ram, status, copy.get());
    if (result == 0) result = kernel::fsync(copy.get());
    if (result != 0) remove_beside();
    return result;
  }

  // The copy and the link change places, in one step.
  [[nodiscard]] int exchange() const {
    const At beside = link_.beside();
    const At at = link_.at();
    return kernel::renameat2(beside.dirfd, beside.path, at.dirfd, at.path, RENAME_EXCHANGE);
  }

  // Where that fails, link and copy stay where they are.
  [[nodiscard]] Transfer exchange_back(Transfer outcome) const {
    if (exchange() == 0) remove_beside();
    return outcome;
  }

  [[nodiscard]] bool is_our_link(At at) const {
    const Pooled<RamPath> standing;
    return standing && look(at, *standing) == Standing::memfile && standing->view() == ram_.view();
  }

  void remove_beside() const { kernel::unlinkat(link_.beside().dirfd, link_.beside().path); }

  // Whoever followed the link before waits for the lease now; whoever follows it later finds nothing.
  Transfer free_ram_file(const WriteLease& lease, Flush flush) {
    Text<64> aside;
    std::uint64_t unique = 0;
    (void)kernel::getrandom(&unique, sizeof unique);
    aside << ".memfile-" << unique;
    int result = kernel::renameat2(directory_.get(), name_.c_str(), directory_.get(), aside.c_str(), RENAME_NOREPLACE);
    if (result != 0 || lease.is_asked_back()) {
      if (result == 0) (void)kernel::renameat(directory_.get(), aside.c_str(), directory_.get(), name_.c_str());
      return exchange_back(result == 0 ? Transfer::busy() : Transfer::failed(result));
    }
    remove_beside();
    if (flush == Flush::folder) link_.flush();
    kernel::unlinkat(directory_.get(), aside.c_str());
    forget_path(ram_);
    return {.outcome = Transferred::done};
  }

  HeldPath link_;
  const RamPath& ram_;
  Descriptor directory_;
  Text<NAME_MAX + 1> name_;
};

}  // namespace

Transfer save(At at, const RamPath& ram, Flush flush) {
  const Pooled<Save> work(at, ram);
  return work ? work->run(flush) : Transfer::failed(-ENOMEM);
}

}  // namespace memfile::store
