// Every libc function that the library stands in for, as something to call with a path: what the contract says of all
// of them is tried with all of them.
#pragma once
#include <string>
#include <vector>

namespace memfile::contract {

struct Paths {
  const char* path;   // what the call is about
  const char* other;  // nothing stands there: a second name, where the call takes two
};

struct Call {
  const char* name;
  // Makes the call and closes what it opened. What the call returned, negative where it failed.
  long (*make)(Paths paths);
};

// A file for each group.
const std::vector<Call>& opening_calls();
const std::vector<Call>& moving_calls();
const std::vector<Call>& describing_calls();
const std::vector<Call>& changing_calls();
const std::vector<Call>& listing_calls();
const std::vector<Call>& executing_calls();
// All of these. Two threads cannot make them at the same time.
std::vector<Call> all_calls();

// A descriptor, closed again; errno is what the opening left.
long closed(int fd);

// A function that libc exports, and perhaps declares nowhere.
void* symbol(const char* name);
template <class Function>
Function* symbol_as(const char* name) {
  return reinterpret_cast<Function*>(symbol(name));
}

}  // namespace memfile::contract
