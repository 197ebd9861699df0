#include "preload/crossing.hpp"

#include <cerrno>
#include <fcntl.h>

#include "preload/debts.hpp"
#include "store/dangling.hpp"
#include "store/kernel.hpp"
#include "store/loading.hpp"
#include "store/look.hpp"
#include "store/saving.hpp"

namespace memfile::preload {

using store::Standing;
using store::Transferred;

namespace {

enum class Target {
  impossible,  // no file replaces a folder or goes to none; to another file system mv copies it
  disk_file,
  other,
};

// Where a link dangles at the new name, a file that came into RAM for that name would be taken for the link's own. True
// if there is none any more; an exchange fails over it.
__attribute__((noinline)) bool clear_the_way(store::At to, Crossing::Kind kind) {
  store::RamPath ram;
  if (store::look(to, ram) != Standing::dangling) return true;
  return kind == Crossing::Kind::replacing && store::clear_dangling(to, ram);
}

__attribute__((noinline)) Target target_of(store::At from, store::At to) {
  if (store::devices_of(from, to) != store::Devices::one) return Target::impossible;
  kernel::Status replaced{};
  if (kernel::statx(to.dirfd, to.path, AT_SYMLINK_NOFOLLOW, replaced) != 0) return Target::other;
  if (S_ISDIR(replaced.stx_mode)) return Target::impossible;
  return S_ISREG(replaced.stx_mode) ? Target::disk_file : Target::other;
}

}  // namespace

void Crossing::cross(Kind kind) {
  const Target target = target_of(from_, to_);
  if (target == Target::impossible) return;
  const bool stays_on_disk = kind == Kind::replacing && target == Target::disk_file;
  const bool belongs_in_ram = !stays_on_disk && session_.covers(to_);
  const Standing standing = store::look(from_, ram_);
  if (standing == Standing::memfile && !belongs_in_ram) {
    is_owed_ = store::save(from_, ram_, store::Flush::file).outcome != Transferred::done;
    if (!is_owed_) way_ = Way::to_disk;
  } else if (standing == Standing::other && belongs_in_ram && !session_.covers(from_)) {
    if (session_.is_transparent() && !clear_the_way(to_, kind)) return;
    const store::Transfer transfer = store::load(session_.store(), from_, to_, ram_);
    if (transfer.outcome == Transferred::done) way_ = Way::to_ram;
    detour_ = detour_of(transfer);
  }
}

void Crossing::settle() const {
  if (is_owed_) owe(ram_, to_);
}

void Crossing::go_back() {
  const int errno_of_call = errno;
  switch (way_) {
    case Way::none:
      break;
    case Way::to_disk:
      if (session_.covers(from_)) (void)store::load(session_.store(), from_, from_, ram_);
      break;
    case Way::to_ram:
      if (store::save(from_, ram_, store::Flush::file).outcome != Transferred::done) owe(ram_, from_);
      break;
  }
  way_ = Way::none;
  errno = errno_of_call;
}

}  // namespace memfile::preload
