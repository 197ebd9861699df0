// Both worlds side by side: a sequence runs in both at the same time, and every answer is compared.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "tests/differential/sequence.hpp"
#include "tests/differential/world.hpp"

namespace memfile::differential {

struct Difference {
  std::size_t step;  // its index in the sequence; the sequence's size for what was found at its end
  std::string what;  // the step, or what was looked at
  std::string on_disk;
  std::string in_ram;
};

// What was seen on the way.
struct Counts {
  std::size_t steps = 0;
  std::size_t sequences = 0;
  std::size_t sequences_in_ram = 0;  // that had bytes in RAM when they ended
  std::size_t explained = 0;         // answers that differ by what docs/limits.md names
  double longest_time = 0;           // seconds
  std::string longest;               // the step that took so long, in both worlds together
};

// Whether everything is looked at after each step, or only where a step says so and at the end.
enum class Looking { where_told, always };

class Worlds {
 public:
  // Makes folders of its own below the two, and removes them in the end.
  Worlds(const std::filesystem::path& disk, const std::filesystem::path& ram);
  ~Worlds();
  Worlds(const Worlds&) = delete;
  Worlds& operator=(const Worlds&) = delete;

  // The first difference that nothing explains.
  [[nodiscard]] std::optional<Difference> run(const Sequence& sequence, Looking looking = Looking::where_told);
  [[nodiscard]] const Counts& counts() const { return counts_; }
  // Writes each answer to the stream, for whoever wants to follow.
  void tell_answers_to(std::ostream* stream) { told_ = stream; }

 private:
  // All of them: false at a difference that nothing explains.
  [[nodiscard]] bool run_steps(Looking looking);
  [[nodiscard]] bool take(const Step& step);
  [[nodiscard]] bool ask_both(const Step& step);
  [[nodiscard]] bool end_in_both();
  [[nodiscard]] bool reboot();
  [[nodiscard]] bool finish();
  [[nodiscard]] bool is_store_empty();
  [[nodiscard]] bool compare(const std::string& what, const std::string& on_disk, const std::string& in_ram);

  std::filesystem::path disk_;
  std::filesystem::path ram_;
  World plain_;
  World memfile_;
  Counts counts_;
  const Sequence* sequence_ = nullptr;
  std::size_t at_ = 0;
  std::optional<Difference> difference_;
  std::ostream* told_ = nullptr;
};

}  // namespace memfile::differential
