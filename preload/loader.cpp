// Runs once, when ld.so loads the library, before the program: reads the environment and the config, or finds it
// compiled already, and opens the session. The only place in the library that uses the heap, with
// preload/inheritance.cpp.
#include <atomic>
#include <cstring>
#include <dlfcn.h>
#include <new>
#include <stdlib.h>
#include <string>
#include <time.h>

#include "config/compiled_config.hpp"
#include "config/location.hpp"
#include "preload/build_id.hpp"
#include "preload/environment.hpp"
#include "preload/filter.hpp"
#include "preload/hooks/raw_calls.hpp"
#include "preload/inheritance.hpp"
#include "preload/log.hpp"
#include "preload/objects.hpp"
#include "preload/session.hpp"
#include "preload/symbols.hpp"
#include "store/config_cache.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"

// Defined by the memfile command alone. It has to see links as links, preloaded or not.
MEMFILE_EXPORT __attribute__((weak)) const char memfile_sees_links;

namespace memfile::preload {

namespace {

constinit std::atomic<const Session*> session{nullptr};
alignas(Session) constinit unsigned char session_memory[sizeof(Session)] = {};

std::int64_t nanoseconds(std::int64_t seconds, std::int64_t rest) { return seconds * 1'000'000'000 + rest; }

std::int64_t time_now() {
  kernel::Time now{};
  (void)kernel::now(now);
  return nanoseconds(now.tv_sec, now.tv_nsec);
}

// Nothing if there is no such file.
std::optional<config::FileState> state_of(const std::string& file) {
  kernel::Status status{};
  if (kernel::statx(AT_FDCWD, file.c_str(), 0, status) != 0) return {};
  return config::FileState{.device = std::uint64_t{status.stx_dev_major} << 32U | status.stx_dev_minor,
                           .inode = status.stx_ino,
                           .size = status.stx_size,
                           .modified = nanoseconds(status.stx_mtime.tv_sec, status.stx_mtime.tv_nsec),
                           .changed = nanoseconds(status.stx_ctime.tv_sec, status.stx_ctime.tv_nsec)};
}

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
    const std::string& named = environment.memfile_config;
    if (!named.empty() && named != surroundings->file) setenv("MEMFILE_CONFIG", surroundings->file.c_str(), 1);
    const auto state = state_of(surroundings->file);
    const config::Provenance provenance{*surroundings, state.value_or(config::FileState{}), std::string(build_id())};
    if (!(state && open_cached(provenance)) && !compile(provenance)) return;
    leave_to_children(learn_inheritance(own_path(), environment, surroundings->file));
  }

 private:
  // The store of the default root: which one the config names is not known yet.
  static bool find_store(store::IfMissing if_missing, store::Store& store) {
    return store::Store::find({}, kernel::geteuid(), if_missing, store);
  }

  static bool open_cached(const config::Provenance& provenance) {
    store::Store store;
    if (provenance.build.empty() || !find_store(store::IfMissing::fail, store)) return false;
    store::CachedBytes cached(store, provenance.key());
    const config::CompiledConfig compiled(cached.view());
    if (!compiled.is_valid() || !compiled.is_current(provenance, time_now(), resolve_folder)) return false;
    cached.release();
    open(compiled);
    return true;
  }

  // False if the config is bad.
  static bool compile(const config::Provenance& provenance) {
    const std::int64_t now = time_now();
    const auto config = config::read_file(provenance.surroundings);
    if (!config) {
      say_once(config.problem().text() + ": all files stay on disk");
      return false;
    }
    const auto* bytes = new std::vector<std::byte>(config::compile(*config, provenance, now, resolve_folder));
    const config::CompiledConfig compiled(*bytes);
    if (!compiled.is_valid()) return false;
    open(compiled);
    store::Store store;
    if (provenance.build.empty() || !provenance.file.is_settled(now)) return true;
    if (find_store(store::IfMissing::make, store)) store::keep_in_cache(store, provenance.key(), *bytes);
    return true;
  }

  static void open(const config::CompiledConfig& config) {
    auto* opened = new (session_memory) Session;
    opened->rules_ = config.table();
    opened->store_.root = config.store();
    store::trust_root(opened->store_.root);
    if (const auto reserve = config.reserve()) opened->store_.reserve = *reserve;
    opened->is_transparent_ = config.is_transparent();
    opened->store_.config = config.file();
    opened->library_ = own_path();
    open_log(getenv("MEMFILE_LOG"));
    session.store(opened, std::memory_order_release);
  }
};

namespace {

__attribute__((constructor)) void load_at_start() {
  const int errno_of_program = errno;
  learn_objects();
  prepare_raw_calls();
  Loader::load();
  errno = errno_of_program;
}

}  // namespace

}  // namespace memfile::preload
