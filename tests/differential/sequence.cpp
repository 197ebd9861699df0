#include "tests/differential/sequence.hpp"

#include <sstream>
#include <stdexcept>

namespace memfile::differential {

namespace {

bool is_prefix(const std::string& word) {
  return word.size() == 2 && (word[1] == '=' || (word[0] == '@' && word[1] != '/'));
}

Step step_of(const std::string& text) {
  std::istringstream stream(text);
  Step step;
  std::string first;
  stream >> first;
  for (std::string word; stream >> word;) step.words.push_back(word);
  if (first == "reboot" || first == "observe") {
    step.words.insert(step.words.begin(), first);
  } else if (first == "restart" && step.words.size() == 1) {
    step.process = step.words[0][0];
    step.words = {first};
  } else if (first.size() == 1 && std::string("012o").find(first) != std::string::npos && !step.words.empty()) {
    step.process = first[0];
  } else {
    throw std::invalid_argument("this is no step: " + text);
  }
  return step;
}

}  // namespace

bool Step::is(std::string_view text) const { return name() == text; }

std::size_t Step::name_index() const {
  std::size_t at = 0;
  while (at + 1 < words.size() && is_prefix(words[at])) ++at;
  return at;
}

std::string Step::line() const {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool operator==(const Step& left, const Step& right) {
  return left.process == right.process && left.words == right.words;
}

std::string text_of(const Step& step) {
  if (step.is("reboot") || step.is("observe")) return step.line();
  if (step.is("restart")) return std::string("restart ") + step.process;
  return std::string(1, step.process) + " " + step.line();
}

std::string text_of(const Sequence& sequence) {
  std::string text;
  for (const Step& step : sequence) text += (text.empty() ? "" : ", ") + text_of(step);
  return text;
}

Sequence sequence_of(const std::string& text) {
  Sequence sequence;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) sequence.push_back(step_of(part));
  return sequence;
}

}  // namespace memfile::differential
