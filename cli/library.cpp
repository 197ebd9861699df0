#include "cli/library.hpp"

#include <filesystem>
#include <unistd.h>

#include "store/config_note.hpp"
#include "store/kernel.hpp"
#include "store/store.hpp"

namespace memfile::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* name_of_library = "libmemfile_preload.so";
constexpr const char* separators = " :";
// ld.so splits at these two alone, but a tab or a newline in a variable is trouble enough for others.
constexpr const char* awkward = " :\t\n";

// A library in a folder for its architecture may have others beside it: to ld.so $LIB is the folder of its own.
std::string for_any_architecture(const std::string& library) {
  const std::string end = std::string("/lib/" MEMFILE_ARCHITECTURE "/") + name_of_library;
  const bool has_architecture = *MEMFILE_ARCHITECTURE != '\0' && library.ends_with(end);
  return has_architecture ? library.substr(0, library.size() - end.size()) + "/$LIB/" + name_of_library : library;
}

}  // namespace

std::optional<std::string> find_library() {
  std::error_code error;
  const fs::path command = fs::read_symlink("/proc/self/exe", error);
  for (const char* folder : {"../lib", "../lib/" MEMFILE_ARCHITECTURE}) {
    const fs::path library = command.parent_path() / folder / name_of_library;
    if (fs::exists(library, error)) return library.lexically_normal().string();
  }
  return std::nullopt;
}

std::optional<std::string> folder_in_store(const std::string& root, std::string_view name) {
  store::Store store;
  const store::Settings settings{.root = root.c_str()};
  // The kernel is asked, as the library asks: fakeroot would have libc say root.
  if (!store::Store::open(settings, kernel::geteuid(), store::IfMissing::make, store)) return std::nullopt;
  const std::string folder = std::string(store.path()) + "/" + std::string(name);
  if (!store::make_directory(folder.c_str(), 0711)) return std::nullopt;
  return folder;
}

std::optional<std::string> preloadable(const std::string& library, const std::string& root) {
  if (library.find_first_of(awkward) == std::string::npos) return for_any_architecture(library);
  const auto folder = folder_in_store(root, store::library_directory);
  if (!folder || folder->find_first_of(awkward) != std::string::npos) return std::nullopt;
  char name[store::config_name_size];
  store::name_config(library, name);
  const std::string link = *folder + "/" + std::string(name, sizeof name) + ".so";
  std::error_code error;
  fs::create_symlink(library, link, error);
  return fs::equivalent(link, library, error) ? std::optional(link) : std::nullopt;
}

std::string preload_with(const std::string& library, const char* already) {
  std::string others = already == nullptr ? "" : already;
  for (std::size_t at = 0; at < others.size();) {
    const std::size_t end = std::min(others.find_first_of(separators, at), others.size());
    if (others.substr(at, end - at) == library) return others;
    at = end + 1;
  }
  return others.empty() ? library : library + ":" + others;
}

}  // namespace memfile::cli
