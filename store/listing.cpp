#include "store/listing.hpp"

#include <dirent.h>
#include <map>
#include <set>
#include <sys/sysmacros.h>

#include "store/descriptor.hpp"
#include "store/folder_entries.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::store {

namespace {

// Calls `visit` with the name and type (DT_REG ...) of everything in a directory but "." and "..".
bool for_each_name(const std::string& directory, const std::function<void(const char*, unsigned char)>& visit) {
  const Descriptor fd(kernel::openat(AT_FDCWD, directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  return fd.get() >= 0 && visit_entries(fd.get(), [&](const char* name, unsigned char type) {
           visit(name, type);
           return true;
         });
}

bool is_link_to(const PathText& path, const RamPath& ram) {
  RamPath standing;
  return look({AT_FDCWD, path.c_str()}, standing) == Standing::memfile && standing.view() == ram.view();
}

bool is_folder(const Store& store, const RamPath& ram) {
  PathBuffer folder;
  kernel::Status status{};
  return folder && noted_folder(ram, *folder) && kernel::statx(AT_FDCWD, folder->c_str(), 0, status) == 0 &&
         store.is_directory_of(status, ram.directory());
}

// Links that lead to RAM files, by these; each folder is read once.
class LinksInFolders {
 public:
  // The path of the one in `folder` that leads to `ram`; empty if there is none.
  std::string find(const std::string& folder, const RamPath& ram) {
    const auto [read, is_new] = folders_.try_emplace(folder);
    if (is_new) read_links(folder, read->second);
    const auto link = read->second.find(std::string(ram.view()));
    return link == read->second.end() ? "" : link->second;
  }

 private:
  using Links = std::map<std::string, std::string>;

  static void read_links(const std::string& folder, Links& links) {
    const std::string prefix = folder == "/" ? folder : folder + "/";
    (void)for_each_name(prefix, [&](const char* name, unsigned char type) {
      RamPath ram;
      const std::string path = prefix + name;
      const bool may_be_link = type == DT_LNK || type == DT_UNKNOWN;
      if (may_be_link && look({AT_FDCWD, path.c_str()}, ram) == Standing::memfile) links.emplace(ram.view(), path);
    });
  }

  std::map<std::string, Links> folders_;
};

// A link that was renamed from outside stands beside its origin.
State state_of(const Store& store, const RamPath& ram, LinksInFolders& links, std::string& path) {
  PathBuffer origin_path;
  PathBuffer folder;
  if (!origin_path || !folder || !origin(ram, *origin_path)) return State::moved;
  path = origin_path->view();
  bool is_linked = is_link_to(*origin_path, ram);
  if (!is_linked && folder_of(path, *folder)) {
    const std::string renamed = links.find(folder->c_str(), ram);
    is_linked = !renamed.empty();
    if (is_linked) path = renamed;
  }
  if (is_linked) return is_owed(ram) ? State::owed : State::linked;
  return is_folder(store, ram) ? State::orphan : State::moved;
}

class DanglingLinks {
 public:
  DanglingLinks(const Store& store, const std::function<void(const Entry&)>& visit) : store_(store), visit_(visit) {}

  // Those in the folder that a RAM directory stands for.
  void visit_home(const char* directory) {
    PathBuffer noted;
    if (!noted || !noted_folder(RamPath::in(store_.path(), store_.user(), directory, "-"), *noted)) return;
    const std::string folder(noted->view() == "/" ? "" : noted->view());
    (void)for_each_name(folder + "/", [&](const char* name, unsigned char type) {
      if (type == DT_LNK || type == DT_UNKNOWN) visit(folder + "/" + name);
    });
  }
  // The one at the path that is noted for a RAM file.
  void visit_record(const char* directory, const char* name) {
    PathBuffer noted;
    if (noted && noted_path(RamPath::in(store_.path(), store_.user(), directory, name), *noted)) visit(noted->c_str());
  }

 private:
  void visit(const std::string& path) {
    RamPath ram;
    kernel::Status link{};
    if (look({AT_FDCWD, path.c_str()}, ram) != Standing::dangling || ram.store() != store_.path()) return;
    if (kernel::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, link) != 0 || !seen_.insert(path).second) return;
    Entry entry;
    entry.ram = ram.view();
    entry.path = path;
    entry.state = State::dangling;
    entry.modified = link.stx_mtime.tv_sec;
    visit_(entry);
  }

  const Store& store_;
  const std::function<void(const Entry&)>& visit_;
  std::set<std::string> seen_;
};

void list_dangling(const Store& store, const std::function<void(const Entry&)>& visit) {
  DanglingLinks links(store, visit);
  const std::string path(store.path());
  const std::string records = path + "/" + std::string(record_directory);
  (void)for_each_name(path + "/" + std::string(origin_directory),
                      [&](const char* directory, unsigned char) { links.visit_home(directory); });
  (void)for_each_name(records, [&](const char* directory, unsigned char) {
    (void)for_each_name(records + "/" + directory,
                        [&](const char* name, unsigned char) { links.visit_record(directory, name); });
  });
}

}  // namespace

bool list(const Store& store, const std::function<void(const Entry&)>& visit) {
  const std::string path(store.path());
  LinksInFolders links;
  const bool is_read = for_each_name(path, [&](const char* directory, unsigned char) {
    if (!is_directory_name(directory)) return;
    (void)for_each_name(path + "/" + directory, [&](const char* name, unsigned char) {
      const RamPath ram = RamPath::in(store.path(), store.user(), directory, name);
      kernel::Status status{};
      if (kernel::statx(AT_FDCWD, ram.c_str(), AT_SYMLINK_NOFOLLOW, status) != 0 || !S_ISREG(status.stx_mode)) return;
      Entry entry;
      entry.ram = ram.view();
      entry.state = state_of(store, ram, links, entry.path);
      entry.size = status.stx_size;
      entry.held = status.stx_blocks * 512;
      entry.modified = status.stx_mtime.tv_sec;
      entry.inode = status.stx_ino;
      entry.device = makedev(status.stx_dev_major, status.stx_dev_minor);
      visit(entry);
    });
  });
  list_dangling(store, visit);
  return is_read;
}

}  // namespace memfile::store
