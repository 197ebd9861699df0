#include "tests/preload/differential.hpp"

namespace memfile::tests {

std::string answers(const Sandbox& sandbox, const std::string& steps, Way way) {
  const Outcome outcome = sandbox.run(way, "exec '" + probe().string() + "' " + steps);
  return outcome.exit_code == 0 ? outcome.output
                                : outcome.output + "exit code " + std::to_string(outcome.exit_code) + "\n";
}

std::string difference(const std::string& steps, const std::string& prepare) {
  std::string results[2];
  for (const Way way : {Way::plain, Way::bare}) {
    const Sandbox sandbox;
    const Outcome prepared = sandbox.run(Way::plain, prepare);
    if (prepared.exit_code != 0) return "could not prepare: " + prepared.output;
    results[way == Way::plain ? 0 : 1] = answers(sandbox, steps, way);
  }
  return results[0] == results[1] ? "" : "on disk:\n" + results[0] + "on memfiles:\n" + results[1];
}

}  // namespace memfile::tests
