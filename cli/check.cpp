#include <cstdio>

#include "cli/commands.hpp"

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

void print_rule(std::size_t number, const config::Rule& rule) {
  std::printf("rule %zu: %s", number, rule.action == config::Action::ram ? "ram " : "disk");
  for (const config::Pattern& pattern : rule.match) std::printf("  %s", pattern.absolute.c_str());
  for (const config::Pattern& pattern : rule.except) std::printf("  except %s", pattern.absolute.c_str());
  if (rule.on_exit != config::Ending::keep) std::printf("  on_exit %s", word(rule.on_exit));
  if (rule.on_shutdown != config::Ending::keep) std::printf("  on_shutdown %s", word(rule.on_shutdown));
  std::printf("\n");
}

}  // namespace

int check(const std::optional<std::string>& named) {
  const auto config = find_config(named);
  if (!config) return usage;
  std::printf("%s: %zu rule%s, store %s\n", config->file.c_str(), config->rules.size(),
              config->rules.size() == 1 ? "" : "s", config->store.c_str());
  for (std::size_t i = 0; i < config->rules.size(); ++i) print_rule(i + 1, config->rules[i]);
  return done;
}

}  // namespace memfile::cli
