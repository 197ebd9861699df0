// Runs once, when ld.so loads the library, before the program: reads the environment and the config, and opens the
// session. The only place in the library that uses the heap, with preload/inheritance.cpp.
#include <atomic>
#include <cstring>
#include <dlfcn.h>
#include <new>
#include <stdlib.h>
#include <string>

#include "config/location.hpp"
#include "preload/environment.hpp"
#include "preload/filter.hpp"
#include "preload/hooks/raw_calls.hpp"
#include "preload/inheritance.hpp"
#include "preload/log.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"

// Defined by the memfile command alone. It has to see links as links, preloaded or not.
MEMFILE_EXPORT __attribute__((weak)) const char memfile_sees_links;

namespace memfile::preload {

namespace {

constinit std::atomic<const Session*> session{nullptr};
alignas(Session) constinit unsigned char session_memory[sizeof(Session)] = {};

const char* keep(const std::string& text) { return strdup(text.c_str()); }

std::string resolve_folder(const std::string& folder) {
  store::PathBuffer resolved;
  const std::string inside = folder + "/-";
  const bool is_resolved = resolved && store::resolve_folder({AT_FDCWD, inside.c_str()}, *resolved);
  return is_resolved ? std::string(resolved->view()) : folder;
}

const char* own_path() {
  static const char here = 0;
  Dl_info info{};
  return dladdr(&here, &info) != 0 && info.dli_fname != nullptr ? info.dli_fname : "";
}

// Once in a process tree: children find in their environment that it was said.
void say_once(const std::string& text) {
  constexpr const char* already_said = "MEMFILE_SAID";
  const char* said = getenv(already_said);
  if (said != nullptr && text == said) return;
  setenv(already_said, text.c_str(), 1);
  say(text);
}

}  // namespace

const Session* Session::get() { return is_filtered() ? nullptr : session.load(std::memory_order_acquire); }

class Loader {
 public:
  static void load() {
    if (&memfile_sees_links != nullptr) return;
    const char* is_on = getenv("MEMFILE");
    if (is_on != nullptr && std::strcmp(is_on, "0") == 0) return;
    const config::Environment environment = config::Environment::of_process();
    const auto surroundings = config::locate(environment);
    if (!surroundings) {
      say_once(
          "no config (MEMFILE_CONFIG, ~/.config/memfile/config.json, /etc/memfile/config.json): all files stay on "
          "disk");
      return;
    }
    // Children may run in another folder.
    if (!environment.memfile_config.empty()) setenv("MEMFILE_CONFIG", surroundings->file.c_str(), 1);
    const auto config = config::read_file(*surroundings);
    if (!config) {
      say_once(config.problem().text() + ": all files stay on disk");
      return;
    }
    leave_to_children(learn_inheritance(own_path(), environment, config->file));
    open(*config);
  }

 private:
  static void open(const config::Config& config) {
    const auto* bytes = new std::vector<std::byte>(config::compile(config, resolve_folder));
    auto* opened = new (session_memory) Session;
    opened->rules_ = config::Table(*bytes);
    opened->store_.root = keep(config.store);
    if (config.reserve) opened->store_.reserve = *config.reserve;
    opened->is_transparent_ = config.transparent;
    opened->store_.config = keep(config.file);
    opened->library_ = own_path();
    open_log(getenv("MEMFILE_LOG"));
    session.store(opened, std::memory_order_release);
  }
};

namespace {

__attribute__((constructor)) void load_at_start() {
  const int errno_of_program = errno;
  prepare_raw_calls();
  Loader::load();
  errno = errno_of_program;
}

}  // namespace

}  // namespace memfile::preload
