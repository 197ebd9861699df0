// What a process leaves to its children so that the library works in them with the same config. Learnt at load, on the
// heap; never changes afterwards.
#pragma once
#include <string>

#include "config/location.hpp"

namespace memfile::preload {

// "NAME=value", or nullptr for what is not needed. The text lives as long as the process.
struct Inheritance {
  // LD_PRELOAD=library, as it was spelled: ld.so picks the architecture by a bare name, or by $LIB. nullptr: nothing is
  // left to children.
  const char* preload = nullptr;
  // LD_LIBRARY_PATH=folder:..., those of its folders in which a bare name is found.
  const char* folders = nullptr;
  const char* config = nullptr;  // MEMFILE_CONFIG=/path
  // Whether MEMFILE_CONFIG named the config here; else a child finds it as we did.
  bool is_config_named = false;
  const char* log = nullptr;   // MEMFILE_LOG=...
  const char* home = nullptr;  // MEMFILE_HOME=..., what "~" means in the config, for a child that has no HOME
};

// `library` is the path that ld.so found ours at, `config_file` an absolute path.
[[nodiscard]] Inheritance learn_inheritance(const std::string& library, const config::Environment& environment,
                                            const std::string& config_file);

}  // namespace memfile::preload
