#include <cstdio>

#include "cli/commands.hpp"
#include "cli/configs.hpp"
#include "cli/unfinished.hpp"
#include "config/words.hpp"

namespace memfile::cli {

namespace {

const char* word(config::Ending ending) {
  switch (ending) {
    case config::Ending::keep:
      return "keep";
    case config::Ending::save:
      return "save";
    case config::Ending::discard:
      break;
  }
  return "discard";
}

std::string size_text(const config::Config& config) {
  if (!config.reserve) return "the smaller of 64 MiB and an eighth of it";
  return std::to_string(*config.reserve) + " bytes";
}

void print_rule(std::size_t number, const config::Rule& rule) {
  std::string line = rule.action == config::Action::ram ? "ram " : "disk";
  for (const config::Pattern& pattern : rule.match) line += "  " + config::printable(pattern.absolute);
  for (const config::Pattern& pattern : rule.except) line += "  except " + config::printable(pattern.absolute);
  if (rule.existing == config::Existing::load) line += "  existing load";
  if (rule.on_exit != config::Ending::keep) line += std::string("  on_exit ") + word(rule.on_exit);
  if (rule.on_shutdown != config::Ending::keep) line += std::string("  on_shutdown ") + word(rule.on_shutdown);
  std::printf("rule %zu (line %u): %s\n", number, rule.position.line, line.c_str());
}

}  // namespace

int check(const std::optional<std::string>& named) {
  const auto config = find_config(named);
  if (!config) return usage;
  std::printf("%s: %zu rule%s\n", config::printable(config->file).c_str(), config->rules.size(),
              config->rules.size() == 1 ? "" : "s");
  std::printf("base: %s\n", config::printable(config->base).c_str());
  std::printf("store: %s, leaving free %s\n", config::printable(config->store).c_str(), size_text(*config).c_str());
  std::printf("programs see: %s\n", config->transparent ? "regular files" : "the links (\"transparent\": false)");
  for (std::size_t i = 0; i < config->rules.size(); ++i) print_rule(i + 1, config->rules[i]);
  for (const std::string& sentence : unfinished(*config)) std::printf("note: %s\n", sentence.c_str());
  return done;
}

}  // namespace memfile::cli
