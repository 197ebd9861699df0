// A sequence: steps of the probe, each made by one of the processes that take turns. Written as
//   0 1= creat a 644, 1 rename a b, o lstat b, restart 0, reboot, observe
// 0, 1 and 2 are inside: in the memfile world they have the library. o never has it. `restart` ends a process, and a
// new one goes on; `reboot` ends all, and takes away what was in RAM; `observe` looks at everything.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace memfile::differential {

using Words = std::vector<std::string>;

struct Step {
  char process = '0';  // '0' to '2', or 'o'; of `reboot` and `observe` nobody in particular
  Words words;         // the probe's, with its prefixes (tests/probe/turns.hpp); or one of the runner's own

  [[nodiscard]] bool is(std::string_view name) const;
  // Where in `words` the step's name stands, behind the prefixes.
  [[nodiscard]] std::size_t name_index() const;
  [[nodiscard]] const std::string& name() const { return words[name_index()]; }
  [[nodiscard]] std::string line() const;  // the words as the probe takes them
};
bool operator==(const Step& left, const Step& right);

using Sequence = std::vector<Step>;

[[nodiscard]] std::string text_of(const Step& step);
[[nodiscard]] std::string text_of(const Sequence& sequence);
// Throws std::invalid_argument where the text is no sequence.
[[nodiscard]] Sequence sequence_of(const std::string& text);

[[nodiscard]] inline bool is_inside(char process) { return process != 'o'; }

}  // namespace memfile::differential
