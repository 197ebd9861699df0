#include <cstdio>
#include <filesystem>

#include "cli/commands.hpp"
#include "config/table.hpp"
#include "store/at.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::cli {

namespace {

std::string resolve(const std::string& folder) {
  std::error_code error;
  const auto resolved = std::filesystem::canonical(folder, error);
  return error ? folder : resolved.string();
}

void describe_standing(const std::string& path) {
  store::RamPath ram;
  switch (store::look({AT_FDCWD, path.c_str()}, ram)) {
    case store::Standing::absent:
      std::printf("now:  nothing is there\n");
      return;
    case store::Standing::memfile:
      std::printf("now:  a memfile; its bytes are in %s\n", ram.c_str());
      return;
    case store::Standing::dangling:
      std::printf("now:  a dangling link; its RAM file %s is gone\n", ram.c_str());
      return;
    case store::Standing::other:
      break;
  }
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  const char* kind = "something that is not memfile's";
  if (std::filesystem::is_regular_file(status)) kind = "a regular file on disk; opening it leaves it there";
  if (std::filesystem::is_directory(status)) kind = "a folder";
  if (std::filesystem::is_symlink(status)) kind = "a symbolic link that is not memfile's";
  std::printf("now:  %s\n", kind);
}

void describe_rule(const config::Config& config, int index) {
  const config::Rule& rule = config.rules[static_cast<std::size_t>(index)];
  std::string patterns;
  for (const config::Pattern& pattern : rule.match) patterns += (patterns.empty() ? "" : ", ") + pattern.written;
  std::printf("rule: %d (%s:%u:%u), match %s\n", index + 1, config.file.c_str(), rule.position.line,
              rule.position.column, patterns.c_str());
}

}  // namespace

int why(const std::string& path, const std::optional<std::string>& named) {
  const auto config = find_config(named);
  if (!config) return usage;
  const auto bytes = config::compile(*config, resolve);
  const config::Table table(bytes);
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error).lexically_normal();
  config::Decision decision = table.decide(absolute.string());
  if (decision.rule == config::Decision::no_rule) {
    const auto resolved = std::filesystem::path(resolve(absolute.parent_path().string())) / absolute.filename();
    decision = table.decide(resolved.string());
  }
  std::printf("path: %s\n", absolute.c_str());
  if (decision.rule == config::Decision::no_rule) {
    std::printf("rule: none matches\n");
  } else {
    describe_rule(*config, decision.rule);
  }
  std::printf("new:  a file created here goes to %s\n", decision.action == config::Action::ram ? "RAM" : "disk");
  describe_standing(path);
  return done;
}

}  // namespace memfile::cli
