// Two sandboxes in which the same commands run: one on disk, without the library, one with it. What the commands say,
// and what they leave, has to be the same; and with the library all of it has to be in RAM.
#pragma once
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

class Twins {
 public:
  explicit Twins(Way way) : way_(way) {}

  // A shell command without the library, in both folders. What it leaves there may stay on disk.
  void prepare(const std::string& command);

  // A shell command, plainly in one folder and with memfile in the other. Gives "" where output and exit code agree.
  [[nodiscard]] std::string difference(const std::string& command) const;
  // The same for a command that starts processes on both sides itself: it runs without the library in both folders,
  // and the words that start a process with it are appended.
  [[nodiscard]] std::string difference_of_driver(const std::string& command) const;
  // What others see afterwards, by a shell command without the library. Default: every file's name, mode and bytes.
  [[nodiscard]] std::string difference_for_others(const std::string& look = every_file) const;

  // "" if something is in RAM, each RAM file has its link, each link its RAM file, and no file on disk is new.
  [[nodiscard]] std::string misplaced() const;
  // All of it in turn: "", or the first difference.
  [[nodiscard]] std::string verdict(const std::string& command) const;

  [[nodiscard]] const Sandbox& in_ram() const { return in_ram_; }

  static constexpr const char* every_file =
      "find -L . -type f | sort | while IFS= read -r f; do stat -L -c '%n %a %s' \"$f\"; cat \"$f\"; echo; done";

 private:
  Way way_;
  Sandbox on_disk_;
  Sandbox in_ram_;
  std::string prepared_;  // the regular files that were there before, a line each
};

// The command line that runs a script of tests/programs by an unmodified python3.
[[nodiscard]] std::string python(const std::string& script);

}  // namespace memfile::tests
