#include "store/config_note.hpp"

#include <atomic>

#include "store/kernel.hpp"

namespace memfile::store {

namespace {

constexpr mode_t directory_mode = 0711;

// The user in whose store this process noted its config, plus one.
constinit std::atomic<std::uint64_t> noted_for{0};

}  // namespace

void name_config(std::string_view text, std::span<char, config_name_size> name) {
  to_base32(keyed_hash({}, text), name);
}

void note_config(const Store& store, const Settings& settings) {
  const std::uint64_t user = std::uint64_t{store.user()} + 1;
  if (noted_for.load(std::memory_order_relaxed) == user) return;
  noted_for.store(user, std::memory_order_relaxed);
  const std::string_view config = settings.config;
  if (config.empty()) return;
  StoreText note;
  note << store.path() << '/';
  // What the launcher wrote stands there already.
  if (config.starts_with(note.view())) return;
  note << config_directory;
  const std::size_t directory = note.size();
  char name[config_name_size];
  name_config(config, name);
  note << '/' << std::string_view(name, sizeof name);
  if (kernel::symlinkat(settings.config, AT_FDCWD, note.c_str()) != -ENOENT) return;
  StoreText folder = note;
  folder.cut_to(directory);
  if (make_directory(folder.c_str(), directory_mode)) {
    (void)kernel::symlinkat(settings.config, AT_FDCWD, note.c_str());
  }
}

}  // namespace memfile::store
