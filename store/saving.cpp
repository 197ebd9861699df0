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

  // The copy and the link change places, in one step where kernel and file system know how to.
  [[nodiscard]] int exchange() const {
    const At beside = link_.beside();
    const At at = link_.at();
    const int result = kernel::renameat2(beside.dirfd, beside.path, at.dirfd, at.path, RENAME_EXCHANGE);
    return knows_no_flags(result) ? exchange_by_names() : result;
  }

  // The second best: what stands at the path gets another name, and what is beside is renamed over it. At no moment is
  // there nothing at the path; what another process without the library renames there between the two is lost.
  [[nodiscard]] __attribute__((noinline)) int exchange_by_names() const {
    const At beside = link_.beside();
    const At at = link_.at();
    const Text<64> third = new_name();
    int result = kernel::linkat(at.dirfd, at.path, at.dirfd, third.c_str(), 0);
    if (result != 0) return result;
    result = kernel::renameat(beside.dirfd, beside.path, at.dirfd, at.path);
    if (result == 0) return kernel::renameat(at.dirfd, third.c_str(), beside.dirfd, beside.path);
    kernel::unlinkat(at.dirfd, third.c_str());
    return result;
  }

  static bool knows_no_flags(int result) { return result == -ENOSYS || result == -EINVAL; }

  static Text<64> new_name() {
    Text<64> name;
    std::uint64_t unique = 0;
    (void)kernel::getrandom(&unique, sizeof unique);
    name << ".memfile-" << unique;
    return name;
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
    const Text<64> aside = new_name();
    // Nobody else makes up the same name: where it cannot be refused, it need not be.
    int result = kernel::renameat2(directory_.get(), name_.c_str(), directory_.get(), aside.c_str(), RENAME_NOREPLACE);
    if (knows_no_flags(result)) {
      result = kernel::renameat(directory_.get(), name_.c_str(), directory_.get(), aside.c_str());
    }
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
