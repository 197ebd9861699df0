// Errors are returned values: what is wrong, where, and what to do about it.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace memfile::config {

// A place in a text. Lines and columns count from 1, columns in bytes; 0 means that there is no such place.
struct Position {
  unsigned line = 0;
  unsigned column = 0;
};

// What is wrong with a config, for a person to mend.
struct Problem {
  std::string file;     // as it was named; empty for a text without a file
  Position position;    // {0, 0} where the whole file is meant (missing, unreadable)
  std::string key;      // the key it is about, as in `rules[2].match`; may be empty
  std::string message;  // what is wrong and the way out, without a full stop

  // "FILE:LINE:COLUMN: KEY: MESSAGE", leaving out what is not known.
  [[nodiscard]] std::string text() const;
};

// A value or the problem that stood in its way.
template <class Value>
class Result {
 public:
  Result(Value value) : content_(std::move(value)) {}        // NOLINT: implicit, so that a function returns either
  Result(Problem problem) : content_(std::move(problem)) {}  // NOLINT: likewise

  [[nodiscard]] explicit operator bool() const { return content_.index() == 0; }
  [[nodiscard]] const Value& operator*() const { return *std::get_if<0>(&content_); }
  [[nodiscard]] Value& operator*() { return *std::get_if<0>(&content_); }
  [[nodiscard]] const Value* operator->() const { return std::get_if<0>(&content_); }
  [[nodiscard]] const Problem& problem() const { return *std::get_if<1>(&content_); }

 private:
  std::variant<Value, Problem> content_;
};

}  // namespace memfile::config
