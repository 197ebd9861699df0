// The environment that a program gives to a child. Where the library or its config is missing in it, a copy to which
// they were added; a child that is started with an empty environment is reached, too. Neither heap nor shared state:
// this runs in vfork children.
#pragma once
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "preload/inheritance.hpp"

namespace memfile::preload {

// What is left to children from now on. Until then, nothing is.
void leave_to_children(const Inheritance& inheritance);

class ChildEnvironment {
 public:
  // Reads `theirs`, which stays the program's and has to outlive this. It may point anywhere.
  explicit ChildEnvironment(char* const* theirs);

  // Whether it can be passed on as it is: it has all that is needed, or turns the library off (MEMFILE=0), or cannot be
  // read.
  [[nodiscard]] bool is_complete() const { return addition_count_ == 0; }
  // The same, asked by itself: it leaves no stack taken for what starts the child.
  [[nodiscard]] static bool is_complete(char* const* theirs);
  // Bytes that build() wants.
  [[nodiscard]] std::size_t size() const;
  // The copy, in memory of size() bytes that is aligned for pointers. It points into `theirs`.
  [[nodiscard]] char** build(void* memory) const;

 private:
  // In the order of their names in environment.cpp.
  enum Variable : std::size_t { preload, folders, config, log, own_home, is_on, home, variable_count };
  static const std::array<std::string_view, variable_count> names;

  struct Addition {
    const char* text;  // NAME=value
    const char* tail;  // goes behind it after a colon; empty if there is nothing more
    [[nodiscard]] std::size_t size() const { return std::strlen(text) + 1 + std::strlen(tail) + 1; }
  };

  [[nodiscard]] bool read();
  void complete();
  void add(const char* text, const char* tail = "");
  [[nodiscard]] bool is_replaced(const char* entry) const;

  char* const* theirs_;
  std::size_t count_ = 0;
  std::array<const char*, variable_count> values_;  // empty where unset
  std::array<Addition, variable_count> additions_{};
  std::size_t addition_count_ = 0;
};

}  // namespace memfile::preload
