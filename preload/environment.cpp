#include "preload/environment.hpp"

#include <cstdint>
#include <cstring>

#include "preload/filter.hpp"
#include "store/kernel.hpp"

namespace memfile::preload {

namespace {

constinit Inheritance inheritance;

// Asks before it reads, once for each page in a row.
class CarefulReader {
 public:
  [[nodiscard]] bool can_read(const void* address) {
    constexpr std::uintptr_t page_size = 4096;  // the smallest of any architecture
    const std::uintptr_t page = reinterpret_cast<std::uintptr_t>(address) / page_size;
    if (page == page_) return true;
    if (!kernel::is_readable(address)) return false;
    page_ = page;
    return true;
  }

  // False also for what cannot be read.
  [[nodiscard]] bool begins_with(const char* text, std::string_view beginning) {
    for (const char byte : beginning) {
      if (!can_read(text) || *text++ != byte) return false;
    }
    return true;
  }

  // Up to its NUL byte.
  [[nodiscard]] bool can_read_to_end(const char* text) {
    while (can_read(text)) {
      if (*text++ == '\0') return true;
    }
    return false;
  }

 private:
  std::uintptr_t page_ = UINTPTR_MAX;  // none
};

std::string_view next_word(std::string_view& list, std::string_view separators) {
  const std::size_t end = list.find_first_of(separators);
  const std::string_view word = list.substr(0, end);
  list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  return word;
}

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view value_of(std::string_view variable) { return variable.substr(variable.find('=') + 1); }

// Wherever it is said to be: the launcher and a program may name it in different ways.
bool names_library(std::string_view preloaded) {
  const std::string_view ours = last_component(value_of(inheritance.preload));
  while (!preloaded.empty()) {
    if (last_component(next_word(preloaded, " :")) == ours) return true;
  }
  return false;
}

bool has_word(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    if (next_word(list, ":;") == wanted) return true;
  }
  return false;
}

bool has_folders(std::string_view folders) {
  if (inheritance.folders == nullptr) return true;
  std::string_view ours = value_of(inheritance.folders);
  while (!ours.empty()) {
    if (!has_word(folders, next_word(ours, ":"))) return false;
  }
  return true;
}

}  // namespace

void leave_to_children(const Inheritance& learnt) { inheritance = learnt; }

constinit const std::array<std::string_view, ChildEnvironment::variable_count> ChildEnvironment::names{
    "LD_PRELOAD=", "LD_LIBRARY_PATH=", "MEMFILE_CONFIG=", "MEMFILE_LOG=", "MEMFILE_HOME=", "MEMFILE=", "HOME="};

ChildEnvironment::ChildEnvironment(char* const* theirs) : theirs_(theirs) {
  values_.fill("");
  if (inheritance.preload != nullptr && read()) complete();
}

__attribute__((noinline)) bool ChildEnvironment::is_complete(char* const* theirs) {
  return ChildEnvironment(theirs).is_complete();
}

// False where it cannot be read: the kernel then says EFAULT.
bool ChildEnvironment::read() {
  if (theirs_ == nullptr) return true;  // to Linux, an empty one
  CarefulReader pointers;
  CarefulReader texts;
  for (;; ++count_) {
    if (!pointers.can_read(theirs_ + count_)) return false;
    const char* const entry = theirs_[count_];
    if (entry == nullptr) return true;
    if (!texts.can_read(entry)) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (*entry != names[i][0] || !texts.begins_with(entry, names[i])) continue;
      if (!texts.can_read_to_end(entry)) return false;
      values_[i] = entry + names[i].size();
      break;
    }
  }
}

void ChildEnvironment::complete() {
  if (std::strcmp(values_[is_on], "0") == 0) return;
  const bool has_library = names_library(values_[preload]);
  if (is_filtered()) {
    // The filter is the child's, too, and its environment may ask for the library already.
    if (has_library) add("MEMFILE=0");
    return;
  }
  if (!has_library) add(inheritance.preload, values_[preload]);
  if (!has_folders(values_[folders])) {
    const char* const theirs = values_[folders];
    if (*theirs == '\0') {
      add(inheritance.folders);
    } else {
      // Behind theirs: what these find is found as before.
      add(theirs - names[folders].size(), value_of(inheritance.folders).data());
    }
  }
  const bool is_config_needed = inheritance.is_config_named || !is_complete();
  if (*values_[config] == '\0' && is_config_needed) add(inheritance.config);
  if (is_complete()) return;
  if (*values_[log] == '\0' && inheritance.log != nullptr) add(inheritance.log);
  const bool has_home = *values_[home] != '\0' || *values_[own_home] != '\0';
  if (!has_home && inheritance.home != nullptr) add(inheritance.home);
}

void ChildEnvironment::add(const char* text, const char* tail) { additions_[addition_count_++] = {text, tail}; }

bool ChildEnvironment::is_replaced(const char* entry) const {
  for (std::size_t i = 0; i < addition_count_; ++i) {
    const char* const name = additions_[i].text;
    if (std::strncmp(entry, name, std::strcspn(name, "=") + 1) == 0) return true;
  }
  return false;
}

std::size_t ChildEnvironment::size() const {
  std::size_t size = (count_ + addition_count_ + 1) * sizeof(char*);
  for (std::size_t i = 0; i < addition_count_; ++i) size += additions_[i].size();
  return size;
}

char** ChildEnvironment::build(void* memory) const {
  auto** const built = static_cast<char**>(memory);
  char* text = reinterpret_cast<char*>(built + count_ + addition_count_ + 1);
  char** to = built;
  for (std::size_t i = 0; i < count_; ++i) {
    if (!is_replaced(theirs_[i])) *to++ = theirs_[i];
  }
  for (std::size_t i = 0; i < addition_count_; ++i) {
    const Addition& addition = additions_[i];
    *to++ = text;
    text = stpcpy(text, addition.text);
    if (*addition.tail != '\0') text = stpcpy(stpcpy(text, ":"), addition.tail);
    ++text;
  }
  *to = nullptr;
  return built;
}

}  // namespace memfile::preload
