#include "store/held_path.hpp"

#include <cerrno>

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

int hold_folder(At at) {
  if (name_of(at.path).empty()) return -EINVAL;
  const PathBuffer folder;
  if (!folder) return -ENOMEM;
  if (!folder_of(at.path, *folder)) return -ENAMETOOLONG;
  return kernel::openat(at.dirfd, folder->c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace

HeldPath::HeldPath(At at) : folder_(hold_folder(at)), name_(name_of(at.path).data()) {
  std::uint64_t unique = 0;
  (void)kernel::getrandom(&unique, sizeof unique);
  beside_ << ".memfile-" << unique;
}

void HeldPath::flush() const {
  const Descriptor fd(kernel::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() >= 0) (void)kernel::fsync(fd.get());
}

}  // namespace memfile::store
