// Paths that are never redirected, whatever the rules say. Text only: it asks no file system.
#pragma once
#include <string_view>

#include "store/store.hpp"

namespace memfile::store {

enum class Exemption {
  none,
  system_folder,  // below /dev, /proc or /sys
  store,          // below a store
  config,         // the config file
  library,        // the preload library
  super_journal,  // of an SQLite transaction over several databases, of which one may be on disk
};

// `path` and `library` are absolute; `library` may be empty.
[[nodiscard]] Exemption exemption(std::string_view path, const Settings& settings, std::string_view library);

}  // namespace memfile::store
