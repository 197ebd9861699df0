// What the library learnt when it was loaded: the rules, the store, and whether it is on at all. Never changes
// afterwards.
#pragma once
#include <string_view>

#include "config/table.hpp"
#include "store/at.hpp"
#include "store/store.hpp"

namespace memfile::preload {

class Session {
 public:
  // nullptr before our constructor ran, if the library is off, or once the program has a seccomp filter: every call
  // then passes through.
  [[nodiscard]] static const Session* get();

  [[nodiscard]] const store::Settings& store() const { return store_; }
  // False: links are shown as links.
  [[nodiscard]] bool is_transparent() const { return is_transparent_; }

  // Whether the rules put a file that would be created at `at` into RAM. `call` is its name in the log. Says no without
  // a system call where the last component tells. A path that cannot be read is nobody's: libc then says EFAULT.
  [[nodiscard]] bool wants(store::At at, const char* call) const;
  // The same, but nothing is about to be done: not a decision that the log tells.
  [[nodiscard]] bool covers(store::At at) const;
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
  [[nodiscard]] config::Decision decide(store::At at, std::string_view path) const;
  [[nodiscard]] bool decide_and_log(store::At at, std::string_view path, const char* call) const;
  [[nodiscard]] config::Decision decide_as_spelled(store::At at, std::string_view path) const;
  [[nodiscard]] config::Decision decide_resolved(store::At at) const;

  config::Table rules_;
  store::Settings store_;
  bool is_transparent_ = true;
  const char* library_ = "";
};

}  // namespace memfile::preload
