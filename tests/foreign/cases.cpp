#include "tests/foreign/cases.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

namespace {

std::multiset<std::string> lines_of(const std::string& text) {
  std::multiset<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

// Those of `some` that are not in `others`.
std::string only_in(const std::multiset<std::string>& some, const std::multiset<std::string>& others) {
  std::multiset<std::string> found;
  std::ranges::set_difference(some, others, std::inserter(found, found.end()));
  std::string text;
  for (const std::string& line : found) text += "  " + line + "\n";
  return text;
}

Outcome run(const Sandbox& sandbox, Way way, const std::string& command) {
  return sandbox.run(
      way, command,
      {"sources=" + source("tests/foreign").string(), "MEMFILE_LOG=" + (sandbox.folder() / "../log").string()});
}

}  // namespace

std::string difference(const std::string& command) {
  const Sandbox disk;
  const Sandbox memory;
  const Outcome plain = run(disk, Way::plain, command);
  const Outcome bare = run(memory, Way::bare, command);
  const auto on_disk = lines_of(plain.output);
  const auto on_memfiles = lines_of(bare.output);
  std::string text;
  if (on_disk.empty()) text += "no case ran\n";
  if (plain.exit_code != bare.exit_code) {
    text += "exit code " + std::to_string(plain.exit_code) + " on disk, " + std::to_string(bare.exit_code) +
            " on memfiles\n";
  }
  if (on_disk != on_memfiles) {
    text += "only on disk:\n" + only_in(on_disk, on_memfiles) + "only on memfiles:\n" + only_in(on_memfiles, on_disk);
  }
  if (memory.read("../log").find(" -> ram ") == std::string::npos) text += "no file was in RAM\n";
  (void)memory.run(Way::bare, "chmod -R u+rwX . ; rm -rf -- * .[!.]*");
  for (const auto& left : memory.kept()) text += "left in the store: " + left.string() + "\n";
  return text;
}

}  // namespace memfile::tests
