#include "tests/contract/caller.hpp"

namespace memfile::tests {

std::filesystem::path caller() { return std::filesystem::path(MEMFILE_BINARY_FOLDER) / "bin" / "caller"; }

std::string answers_of_caller(const Sandbox& sandbox, Way way, const std::string& arguments,
                              const std::vector<std::string>& environment) {
  const Outcome outcome = sandbox.run(way, "exec " + quoted(caller().string()) + " " + arguments, environment);
  return outcome.exit_code == 0 ? outcome.output
                                : outcome.output + "exit code " + std::to_string(outcome.exit_code) + "\n";
}

std::string difference_of_caller(const std::string& arguments, const std::string& rules) {
  const Sandbox on_disk(rules);
  const Sandbox in_ram(rules);
  const std::string plainly = answers_of_caller(on_disk, Way::plain, arguments);
  const std::string preloaded = answers_of_caller(in_ram, Way::bare, arguments);
  return plainly == preloaded ? "" : "on disk:\n" + plainly + "on memfiles:\n" + preloaded;
}

}  // namespace memfile::tests
