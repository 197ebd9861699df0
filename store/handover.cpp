#include "store/handover.hpp"

#include "store/kernel.hpp"

namespace memfile::store {

Handover::Handover(At at) : standing_(look(at, ram_)) {
  if (standing_ != Standing::memfile) return;
  link_ = kernel::openat(at.dirfd, at.path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (link_ < 0) return;
  standing_ = look(link_, ram_);
  kernel::Status status{};
  if (kernel::statx(link_, "", AT_EMPTY_PATH, status) == 0) owner_ = status.stx_uid;
}

Handover::~Handover() {
  if (link_ >= 0) kernel::close(link_);
}

void Handover::begin() {
  if (owner_ != ram_.user() && owner_ != 0) give_link_to(ram_.user());
}

void Handover::finish(const char* ram_path) {
  kernel::Status status{};
  if (kernel::statx(AT_FDCWD, ram_path, AT_SYMLINK_NOFOLLOW, status) == 0) give_link_to(status.stx_uid);
}

void Handover::give_link_to(uid_t user) {
  if (link_ < 0 || owner_ == user) return;
  const long result = kernel::call(SYS_fchownat, link_, kernel::word(""), static_cast<long>(user), -1, AT_EMPTY_PATH);
  if (result == 0) owner_ = user;
}

}  // namespace memfile::store
