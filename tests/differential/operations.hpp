// The operations that sequences are made of, and the words that they may be given.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace memfile::differential {

// Whether a process without the library may make the call: it sees links.
enum class Outside {
  never,
  following,  // its answer follows the link, and it creates nothing
  creating,   // creates, through a dangling link where it finds one: not after a reboot
  moving,     // moves or removes the link: not after a reboot, nor where a file has two names
};

struct Operation {
  std::vector<std::string> names;  // of the probe's steps, which differ in how they call; the plainest first
  std::string_view arguments;      // a letter for each, see Vocabulary; = and @ are prefixes
  unsigned weight;
  Outside outside;
};

[[nodiscard]] const std::vector<Operation>& operations();

// What a letter of `arguments` may become, the plainest first. Likely ones stand there several times.
[[nodiscard]] const std::vector<std::string>& words_for(char letter);

// Paths, the plainest first: those that a sequence may concentrate upon, and those that are only met now and then.
[[nodiscard]] const std::vector<std::string>& common_paths();
[[nodiscard]] const std::vector<std::string>& odd_paths();

}  // namespace memfile::differential
