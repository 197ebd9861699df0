// What a config says, as values. Every pattern in it is absolute already; what it was written like is kept for
// messages.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/result.hpp"

namespace memfile::config {

// Where the bytes of a file that a rule matches go.
enum class Action { ram, disk };
// What opening for writing a regular file that is already on disk does.
enum class Existing { leave, load };
// What becomes of a memfile when the program, or the machine, ends.
enum class Ending { keep, save, discard };

struct Pattern {
  std::string written;   // as in the config: "cache/**"
  std::string absolute;  // what it means: "/home/pi/app/cache/**", begins with '/', its literal folder escaped
  Position position;     // of its string
};

struct Rule {
  std::vector<Pattern> match;   // never empty
  std::vector<Pattern> except;  // a path that one of these matches is not this rule's
  Action action = Action::ram;
  Existing existing = Existing::leave;
  Ending on_exit = Ending::keep;
  Ending on_shutdown = Ending::keep;  // on_exit's word where the config is silent
  Position position;                  // of its object
};

struct Config {
  std::string file;                      // absolute path; empty for a text without a file
  std::string base;                      // absolute; relative patterns started here
  std::string store = "/dev/shm";        // absolute path of a folder on a mounted file system, at most max_store_size
  bool transparent = true;               // false: links are shown as links
  std::optional<std::uint64_t> reserve;  // bytes of the store to leave free; default: min(64 MiB, an eighth of it)
  std::vector<Rule> rules;               // the first that matches decides
};

// The store's path is part of every link's target, and has to leave room there.
constexpr std::size_t max_store_size = 128;

}  // namespace memfile::config
