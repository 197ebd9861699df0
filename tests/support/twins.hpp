// Two sandboxes in which the same commands run: one on disk, without the library, one with it. What the commands say,
// and what they leave, has to be the same; and with the library all of it has to be in RAM.
#pragma once
#include <string>
#include <utility>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

// What the twin's config puts into RAM: its rules, see Sandbox, and how find recognises a path that they cover.
struct Covered {
  std::string rules = all_in_ram;
  std::string paths = "-true";
};

class Twins {
 public:
  explicit Twins(Way way, Covered covered = {})
      : way_(way), covered_(std::move(covered)), on_disk_(covered_.rules), in_ram_(covered_.rules) {}

  // A shell command without the library, in both folders. What it leaves there may stay on disk.
  void prepare(const std::string& command);

  // A shell command, plainly in one folder and with memfile in the other. Gives "" where output and exit code agree.
  [[nodiscard]] std::string difference(const std::string& command) const;
  // The same for a command that starts processes on both sides itself: it runs without the library in both folders,
  // and the words that start a process with it are appended.
  [[nodiscard]] std::string difference_of_driver(const std::string& command) const;
  // What a program sees afterwards in the same way: the whole tree, see below.
  [[nodiscard]] std::string difference_inside() const { return difference(whole_tree); }
  // What others see afterwards, by a shell command without the library. Default: every file's name, mode and bytes.
  [[nodiscard]] std::string difference_for_others(const std::string& look = every_file) const;

  // "" if something is in RAM, each RAM file has its link, each link its RAM file, and no covered file on disk is new.
  [[nodiscard]] std::string misplaced() const;
  // All of it in turn: "", or the first difference.
  [[nodiscard]] std::string verdict(const std::string& command) const;
  // Removes all there is by `rm -r` on both sides: "" if they say the same, and neither the store nor the folder keeps
  // anything.
  [[nodiscard]] std::string left_behind() const;

  [[nodiscard]] const Sandbox& in_ram() const { return in_ram_; }

  // Every name with its type, mode, number of links, owner and group; of anything but folders the size and where it
  // leads; the time of modification where it is not from the test itself; and the bytes' checksum.
  static constexpr const char* whole_tree =
      "find . '(' -type d -printf '%p %y %m %n %u %g ' -o -printf '%p %y %m %n %u %g %s %l ' ')' "
      "'(' ! -newermt '1 day ago' -printf '%T+\\n' -o -printf '\\n' ')' | sed \"s|$PWD|@|g\" | LC_ALL=C sort; "
      "find . -type f -exec cksum {} + | LC_ALL=C sort -k 3";
  static constexpr const char* every_file =
      "find -L . -type f | sort | while IFS= read -r f; do stat -L -c '%n %a %s' \"$f\"; cat \"$f\"; echo; done";

 private:
  Way way_;
  Covered covered_;
  Sandbox on_disk_;
  Sandbox in_ram_;
  std::string prepared_;  // the regular files that were there before, each ended by a zero
};

// The command line that runs a script of tests/programs by an unmodified python3.
[[nodiscard]] std::string python(const std::string& script);

}  // namespace memfile::tests
