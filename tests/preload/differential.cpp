#include "tests/preload/differential.hpp"

#include <stdexcept>

namespace memfile::tests {

std::string answers(const Sandbox& sandbox, const std::string& steps, Way way) {
  const Outcome outcome = sandbox.run(way, "exec '" + probe().string() + "' " + steps);
  if (outcome.output.find("there is no step") != std::string::npos) throw std::logic_error(outcome.output);
  return outcome.exit_code == 0 ? outcome.output
                                : outcome.output + "exit code " + std::to_string(outcome.exit_code) + "\n";
}

std::string difference(const std::string& steps, const std::string& prepare, const std::string& rules) {
  std::string results[2];
  for (const Way way : {Way::plain, Way::bare}) {
    const Sandbox sandbox(rules);
    const Outcome prepared = sandbox.run(
        Way::plain, prepare, {way == Way::plain ? "way=plain" : "way=bare", "rules=" + sandbox.rules_file().string()});
    if (prepared.exit_code != 0) return "could not prepare: " + prepared.output;
    results[way == Way::plain ? 0 : 1] = answers(sandbox, steps, way);
  }
  return results[0] == results[1] ? "" : "on disk:\n" + results[0] + "on memfiles:\n" + results[1];
}

std::string dangling(const std::string& name) {
  return "test $way = plain || { LD_LIBRARY_PATH='" + library_folders() +
         "' LD_PRELOAD=libmemfile_preload.so MEMFILE_CONFIG=\"$rules\" touch " + name +
         " && rm -r \"$(dirname \"$(readlink " + name + ")\")\"; }";
}

}  // namespace memfile::tests
