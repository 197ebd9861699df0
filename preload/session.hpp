// What the library learnt when it was loaded: the rules, the store, and whether it is on at all. Never changes
// afterwards.
#pragma once
#include <string_view>

#include "config/table.hpp"
#include "store/at.hpp"
#include "store/store.hpp"

namespace memfile::preload {

// What the rules say of a file that would be created at a path.
struct Ruling {
  int rule = config::Decision::no_rule;  // counts from 0
  bool is_ram = false;                   // the file is to be in RAM
  bool follows_database = false;         // to be on disk, against its rule: there its database is
};

class Session {
 public:
  // nullptr before our constructor ran, if the library is off, or once the program has a seccomp filter: every call
  // then passes through.
  [[nodiscard]] static const Session* get();

  [[nodiscard]] const store::Settings& store() const { return store_; }
  // False: links are shown as links.
  [[nodiscard]] bool is_transparent() const { return is_transparent_; }

  // The ruling on a file that would be created at `at`. No rule's without a system call where the last component tells.
  // A path that cannot be read is nobody's: libc then says EFAULT.
  [[nodiscard]] Ruling ruling(store::At at) const;
  // Whether it is to be in RAM.
  [[nodiscard]] bool covers(store::At at) const { return ruling(at).is_ram; }
  // Whether one of them could match by its last component. No system call. `at` has to be readable.
  [[nodiscard]] bool could_cover(store::At at) const { return rules_.could_match(store::name_of(at.path)); }
  // Whether they put every name in the folder `folder` (absolute) into RAM.
  [[nodiscard]] bool wants_all_in(std::string_view folder) const;
  // The same for a folder as a program names it.
  [[nodiscard]] bool wants_all_in(store::At folder) const;

 private:
  friend class Loader;

  [[nodiscard]] bool is_never_redirected(std::string_view path) const;
  // Reads the path; false if that cannot be, or if its last component tells that no rule matches.
  [[nodiscard]] bool could_match(store::At at, std::string_view& path) const;
  [[nodiscard]] Ruling ruling(store::At at, std::string_view path) const;
  [[nodiscard]] config::Decision decide(store::At at, std::string_view path) const;
  [[nodiscard]] config::Decision decide_as_spelled(store::At at, std::string_view path) const;
  [[nodiscard]] config::Decision decide_resolved(store::At at) const;

  config::Table rules_;
  store::Settings store_;
  bool is_transparent_ = true;
  const char* library_ = "";
};

}  // namespace memfile::preload
