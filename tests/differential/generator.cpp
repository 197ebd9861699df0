#include "tests/differential/generator.hpp"

#include <algorithm>

#include "tests/differential/operations.hpp"
#include "tests/differential/random.hpp"

namespace memfile::differential {

namespace {

class Generator {
 public:
  Generator(std::uint64_t seed, std::uint64_t number, const Bounds& bounds) : random_(seed, number), bounds_(bounds) {
    for (std::size_t i = 3 + random_.below(4); i > 0; --i) favourites_.push_back(random_.one_of(common_paths()));
    choose_processes();
  }

  Sequence sequence() {
    const std::size_t size = 3 + random_.below(bounds_.steps - 2);
    build();
    while (sequence_.size() < size) add_step();
    if (sequence_.size() > bounds_.steps) sequence_.resize(bounds_.steps);
    return std::move(sequence_);
  }

 private:
  void choose_processes() {
    const std::size_t count = 1 + random_.below(bounds_.processes);
    for (std::size_t i = 0; i < count; ++i) processes_ += static_cast<char>('0' + i);
    if (count > 1 && random_.one_in(2)) processes_.back() = 'o';
  }

  // What sequences mostly begin with, so that there is something to work on.
  void build() {
    if (random_.one_in(6)) return;
    if (!random_.one_in(4)) add('0', {"mkdir", "d", "755"});
    if (!random_.one_in(4)) add('0', {"1=", "creat-file", "a", "644"});
    if (random_.one_in(2)) add('0', {"write", "1", "first"});
    if (random_.one_in(2)) add('0', {"release", "1"});
    if (random_.one_in(2)) add('0', {"2=", "open", "d/a", "rdwr|creat|nonblock", "600"});
    if (random_.one_in(4)) add('0', {"3=", "creat-file", "x.disk", "640"});
    if (random_.one_in(3)) add('0', {"symlink", "a", "l"});
    if (random_.one_in(3)) add('0', {"symlink", "d", "k"});
    if (random_.one_in(4)) add('0', {"symlink", "none", "n"});
    if (random_.one_in(4)) add('0', {"4=", "open", "d", "rdonly|directory|nonblock"});
  }

  void add(char process, Words words) {
    Step step;
    step.process = process;
    step.words = std::move(words);
    sequence_.push_back(std::move(step));
  }

  void add_step() {
    const std::size_t choice = random_.below(60);
    const char process = processes_[random_.below(processes_.size())];
    if (choice == 0 && random_.one_in(2)) return add('0', {"reboot"});
    if (choice == 1) return add(process, {"restart"});
    if (choice <= 4) return add('0', {"observe"});
    add_call(process);
  }

  [[nodiscard]] bool has_happened(const char* name) const {
    return std::any_of(sequence_.begin(), sequence_.end(),
                       [&](const Step& step) { return step.name().starts_with(name); });
  }

  // What an outsider has taken away is an orphan: a descriptor of it is no file without a name.
  [[nodiscard]] bool has_orphans() const {
    return std::any_of(sequence_.begin(), sequence_.end(), [](const Step& step) {
      return !is_inside(step.process) && (step.is("unlink") || step.is("rename"));
    });
  }

  [[nodiscard]] bool may_make(char process, const Operation& operation) const {
    const bool gives_name = operation.names[0].starts_with("link-");
    if (is_inside(process)) return !gives_name || !has_orphans();
    if (operation.outside == Outside::never) return false;
    if (operation.outside == Outside::following) return true;
    if (has_happened("reboot")) return false;
    return operation.outside == Outside::creating || !has_happened("link");
  }

  void add_call(char process) {
    unsigned total = 0;
    for (const Operation& operation : operations()) total += may_make(process, operation) ? operation.weight : 0;
    auto left = static_cast<unsigned>(random_.below(total));
    for (const Operation& operation : operations()) {
      const unsigned weight = may_make(process, operation) ? operation.weight : 0;
      if (left < weight) return add(process, words_of(operation));
      left -= weight;
    }
  }

  Words words_of(const Operation& operation) {
    Words prefixes;
    Words arguments;
    for (const char letter : operation.arguments) {
      if (letter == '=') {
        prefixes.push_back(slot() + "=");
      } else if (letter == '@') {
        prefixes.push_back("@" + slot());
      } else {
        arguments.push_back(word(letter));
      }
    }
    prefixes.push_back(random_.one_in(2) ? operation.names[0] : random_.one_of(operation.names));
    prefixes.insert(prefixes.end(), arguments.begin(), arguments.end());
    return prefixes;
  }

  std::string slot() { return std::to_string(1 + random_.below(4)); }

  std::string word(char letter) {
    if (letter == 's') return slot();
    return letter == 'p' ? path() : random_.one_of(words_for(letter));
  }

  std::string path() {
    const std::size_t choice = random_.below(20);
    return random_.one_of(choice < 13 ? favourites_ : choice < 17 ? common_paths() : odd_paths());
  }

  Random random_;
  Bounds bounds_;
  std::vector<std::string> favourites_;
  std::string processes_;
  Sequence sequence_;
};

}  // namespace

Sequence generated(std::uint64_t seed, std::uint64_t number, const Bounds& bounds) {
  return Generator(seed, number, bounds).sequence();
}

}  // namespace memfile::differential
