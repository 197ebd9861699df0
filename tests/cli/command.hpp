// Command lines of memfile's for a sandbox's shell.
#pragma once
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

[[nodiscard]] std::string memfile_word();
[[nodiscard]] std::string launcher_word();

// Runs `memfile ARGUMENTS` in the sandbox, not preloaded, under no config but the arguments' own.
[[nodiscard]] Outcome ask(const Sandbox& sandbox, const std::string& arguments);

[[nodiscard]] bool holds(const std::string& text, const std::string& part);

// A copy of the library, the command and the launcher in a folder of its own, for everybody to read, in a path without
// blanks. `name` is put below it: the copy may live in a path with blanks.
class Tools {
 public:
  explicit Tools(const std::string& name = "tools");
  ~Tools();
  Tools(const Tools&) = delete;
  Tools& operator=(const Tools&) = delete;

  [[nodiscard]] const std::filesystem::path& top() const { return top_; }
  [[nodiscard]] std::string launcher_word() const;
  [[nodiscard]] std::filesystem::path library() const;
  // Writes an executable file below top(), and gives its path.
  std::filesystem::path script(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path top_;
  std::filesystem::path folder_;
};

}  // namespace memfile::tests
