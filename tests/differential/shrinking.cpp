#include "tests/differential/shrinking.hpp"

#include <algorithm>
#include <utility>

#include "tests/differential/operations.hpp"

namespace memfile::differential {

namespace {

class Shrinker {
 public:
  Shrinker(Sequence sequence, const std::function<bool(const Sequence&)>& fails, std::size_t most_runs)
      : sequence_(std::move(sequence)), fails_(fails), runs_left_(most_runs) {}

  Sequence shrunk() {
    bool is_smaller = true;
    while (is_smaller && runs_left_ > 0) {
      is_smaller = drop_steps();
      is_smaller = unite_processes() || is_smaller;
      is_smaller = simplify_words() || is_smaller;
    }
    return std::move(sequence_);
  }

 private:
  bool keep_if_it_fails(Sequence candidate) {
    if (runs_left_ == 0 || candidate == sequence_) return false;
    --runs_left_;
    if (!fails_(candidate)) return false;
    sequence_ = std::move(candidate);
    return true;
  }

  // Runs of steps, half of them first, then ever shorter ones, from the end.
  bool drop_steps() {
    bool is_smaller = false;
    for (std::size_t count = std::max<std::size_t>(sequence_.size() / 2, 1); count > 0; count /= 2) {
      for (std::size_t at = sequence_.size(); at >= count; --at) {
        if (at > sequence_.size()) continue;
        Sequence candidate = sequence_;
        const auto first = candidate.begin() + static_cast<std::ptrdiff_t>(at - count);
        candidate.erase(first, first + static_cast<std::ptrdiff_t>(count));
        is_smaller = keep_if_it_fails(std::move(candidate)) || is_smaller;
      }
    }
    return is_smaller;
  }

  // One process for another's steps, all at once or one step.
  bool unite_processes() {
    bool is_smaller = false;
    for (const char process : {'o', '2', '1'}) {
      Sequence candidate = sequence_;
      for (Step& step : candidate) step.process = step.process == process ? '0' : step.process;
      is_smaller = keep_if_it_fails(std::move(candidate)) || is_smaller;
    }
    for (std::size_t at = 0; at < sequence_.size(); ++at) {
      Sequence candidate = sequence_;
      candidate[at].process = '0';
      is_smaller = keep_if_it_fails(std::move(candidate)) || is_smaller;
    }
    return is_smaller;
  }

  bool simplify_words() {
    bool is_smaller = false;
    for (std::size_t step = 0; step < sequence_.size(); ++step) {
      for (std::size_t word = 0; word < sequence_[step].words.size(); ++word) {
        is_smaller = simplify(step, word) || is_smaller;
      }
    }
    return is_smaller;
  }

  bool simplify(std::size_t step, std::size_t word) {
    const std::vector<std::string> candidates = simpler(sequence_[step], word);
    return std::any_of(candidates.begin(), candidates.end(), [&](const std::string& text) {
      Sequence candidate = sequence_;
      candidate[step].words[word] = text;
      return keep_if_it_fails(std::move(candidate));
    });
  }

  static std::vector<std::string> simpler(const Step& step, std::size_t word) {
    const std::string& text = step.words[word];
    if (word < step.name_index()) return {};
    if (word == step.name_index()) return plainer_names(text);
    std::vector<std::string> found = with_fewer_parts(text);
    for (const auto* paths : {&common_paths(), &odd_paths()}) {
      const auto here = std::find(paths->begin(), paths->end(), text);
      const bool is_common = paths == &common_paths();
      if (here != paths->end() && !is_common) found.insert(found.end(), common_paths().begin(), common_paths().end());
      if (here != paths->end()) found.insert(found.end(), paths->begin(), here);
    }
    return found;
  }

  // The same call in a plainer way.
  static std::vector<std::string> plainer_names(const std::string& name) {
    std::vector<std::string> found;
    for (const Operation& operation : operations()) {
      const auto here = std::find(operation.names.begin(), operation.names.end(), name);
      if (here != operation.names.end()) found.insert(found.end(), operation.names.begin(), here);
    }
    return found;
  }

  // Flags: "rdwr|creat" without one of them.
  static std::vector<std::string> with_fewer_parts(const std::string& text) {
    std::vector<std::string> found;
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 1)) {
      const std::size_t end = std::min(text.find('|', at + 1), text.size());
      if (text.substr(at, end - at) != "|nonblock") found.push_back(text.substr(0, at) + text.substr(end));
    }
    return found;
  }

  Sequence sequence_;
  const std::function<bool(const Sequence&)>& fails_;
  std::size_t runs_left_;
};

}  // namespace

Sequence shrunk(Sequence sequence, const std::function<bool(const Sequence&)>& fails, std::size_t most_runs) {
  return Shrinker(std::move(sequence), fails, most_runs).shrunk();
}

}  // namespace memfile::differential
