#include "store/linking.hpp"

#include "store/kernel.hpp"
#include "store/place.hpp"

namespace memfile::store {

int link(const Settings& settings, At source, int flags, At to, RamPath& ram) {
  const Pooled<Place> place(settings, to);
  if (!place) return -ENOMEM;
  int result = place->find();
  if (result != 0) return result;
  result =
      place->settle([&](const char* path) { return kernel::linkat(source.dirfd, source.path, AT_FDCWD, path, flags); });
  if (result != 0) return result == -EEXIST ? -EXDEV : result;
  result = place->publish();
  if (result != 0) place->withdraw();
  ram = place->ram();
  return result;
}

bool is_in_store(const Settings& settings, int fd) {
  PathBuffer path;
  Text<40> link;
  link << "/proc/self/fd/" << static_cast<std::uint64_t>(fd);
  if (!path) return false;
  const ssize_t size = kernel::readlinkat(AT_FDCWD, link.c_str(), path->buffer(), PathText::capacity());
  path->take(size > 0 ? static_cast<std::size_t>(size) : 0);
  const std::string_view root = settings.root;
  if (!path->view().starts_with(root)) return false;
  const std::string_view below = path->view().substr(root.size());
  return below.starts_with("/memfile-") || below.starts_with("/memfile/");
}

}  // namespace memfile::store
