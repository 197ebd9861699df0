#include "tests/differential/campaign.hpp"

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <thread>

#include "tests/differential/shrinking.hpp"
#include "tests/support/sandbox.hpp"

namespace memfile::differential {

namespace fs = std::filesystem;

namespace {

fs::path made_folder(const fs::path& parent) {
  std::string pattern = (parent / "mfd-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
  chmod(pattern.c_str(), 0755);
  return fs::canonical(pattern);
}

// Where two answers of many words part: the words that differ.
std::string parted(const std::string& text, const std::string& other) {
  std::istringstream words(text);
  std::string result;
  for (std::string word; words >> word;) {
    if ((" " + other + " ").find(" " + word + " ") == std::string::npos) result += " " + word;
  }
  return result.empty() ? " " + text : result;
}

class Workers {
 public:
  explicit Workers(const Plan& plan) : plan_(plan) {}

  Report done() {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < plan_.jobs; ++i) threads.emplace_back([this, i] { work(i); });
    for (std::thread& thread : threads) thread.join();
    return std::move(report_);
  }

 private:
  void work(unsigned worker) {
    Worlds worlds(ground_.disk(worker), ground_.ram(worker));
    while (true) {
      const std::uint64_t index = next_++;
      if (index >= plan_.sequences || is_enough()) break;
      const Sequence sequence = generated(plan_.seed, plan_.first + index, plan_.bounds);
      if (worlds.run(sequence)) note(worlds, plan_.first + index, sequence);
    }
    const std::lock_guard guard(lock_);
    report_.counts.steps += worlds.counts().steps;
    report_.counts.sequences += worlds.counts().sequences;
    report_.counts.sequences_in_ram += worlds.counts().sequences_in_ram;
    report_.counts.explained += worlds.counts().explained;
    if (worlds.counts().longest_time > report_.counts.longest_time) {
      report_.counts.longest_time = worlds.counts().longest_time;
      report_.counts.longest = worlds.counts().longest;
    }
  }

  bool is_enough() {
    const std::lock_guard guard(lock_);
    return report_.failures.size() >= plan_.most_failures;
  }

  void note(Worlds& worlds, std::uint64_t number, const Sequence& sequence) {
    const auto fails = [&](const Sequence& candidate) { return worlds.run(candidate).has_value(); };
    const Sequence small = shrunk(sequence, fails);
    auto difference = worlds.run(small);
    // What does not come again is told as it was: the difference may hang on time.
    if (!difference) difference = Difference{small.size(), "a difference that did not come again", "", ""};
    const std::lock_guard guard(lock_);
    std::cout << "sequence " << number << ": " << told(small, *difference) << std::endl;
    report_.failures.push_back({number, small, *difference});
  }

  const Plan& plan_;
  const Ground ground_;
  std::atomic<std::uint64_t> next_{0};
  std::mutex lock_;
  Report report_;
};

}  // namespace

Ground::Ground() : disk_(made_folder(fs::temp_directory_path())), ram_(made_folder("/dev/shm")) {}

Ground::~Ground() {
  std::error_code error;
  fs::remove_all(disk_, error);
  fs::remove_all(ram_, error);
}

Report carry_out(const Plan& plan) { return Workers(plan).done(); }

std::string told(const Sequence& sequence, const Difference& difference) {
  return "\n  " + difference.what + "\n    on disk: " + parted(difference.on_disk, difference.in_ram) +
         "\n    in RAM:  " + parted(difference.in_ram, difference.on_disk) +
         "\n  again by: " + (fs::path(MEMFILE_BINARY_FOLDER) / "bin" / "differential").string() + " --replay " +
         tests::quoted(text_of(sequence));
}

}  // namespace memfile::differential
