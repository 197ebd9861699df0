#include "cli/unfinished.hpp"

namespace memfile::cli {

namespace {

std::string not_yet(const std::string& what, const std::string& instead) {
  return what + " not done yet by this version: " + instead;
}

constexpr const char* stay_in_ram = "memfiles stay in RAM until they are removed or the machine ends";
constexpr const char* stay_on_disk = "files that are on disk already stay there";

}  // namespace

std::vector<std::string> unfinished(const config::Config& config) {
  bool has_ending = false;
  bool has_load = false;
  for (const config::Rule& rule : config.rules) {
    has_ending = has_ending || rule.on_exit != config::Ending::keep || rule.on_shutdown != config::Ending::keep;
    has_load = has_load || rule.existing == config::Existing::load;
  }
  std::vector<std::string> sentences;
  if (has_ending) sentences.push_back(not_yet("on_exit and on_shutdown are", stay_in_ram));
  if (has_load) sentences.push_back(not_yet("\"existing\": \"load\" is", stay_on_disk));
  return sentences;
}

std::optional<std::string> unfinished(const RunOptions& options) {
  const std::string way_out = "; leave it out to run without";
  if (options.loads) return not_yet("--load is", stay_on_disk) + way_out;
  // What --on-exit keep asks for is what happens.
  const bool has_ending = !options.on_exit.empty() && options.on_exit != "keep";
  if (has_ending) return not_yet("--on-exit " + options.on_exit + " is", stay_in_ram) + way_out;
  if (options.has_stats) return not_yet("--stats is", "nothing is counted") + way_out;
  if (options.waits) return not_yet("--wait is", "the program takes the launcher's place") + way_out;
  return std::nullopt;
}

}  // namespace memfile::cli
