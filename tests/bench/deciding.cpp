#include <cstdio>
#include <cstdlib>
#include <vector>

#include "config/reader.hpp"
#include "config/table.hpp"
#include "tests/bench/subjects.hpp"
#include "tests/bench/timing.hpp"

namespace memfile::bench {
namespace {

// What the rule number `number` of a list matches: each of the table's kinds in turn.
std::string pattern(int number, const std::string& kind) {
  const std::string digits = std::to_string(number);
  switch (number % 5) {
    case 0:
      return "*.end" + digits;
    case 1:
      return "name" + digits + ".log";
    case 2:
      return "begin" + digits + "*";
    case 3:
      return "folder" + digits + "/*.o" + digits;
    default:
      return kind == "mixed" ? "/srv/app" + digits + "/cache/**" : "/srv/app" + digits + "/**/data" + digits;
  }
}

std::string with_number(const std::string& path, int number) {
  const std::size_t at = path.find('%');
  return at == std::string::npos ? path : path.substr(0, at) + std::to_string(number) + path.substr(at + 1);
}

}  // namespace

void print_rules(Arguments arguments) {
  std::printf("{\n  \"version\": 1,\n  \"rules\": [\n");
  const int count = std::atoi(arguments[0].c_str());
  for (int i = 0; i + 1 < count; ++i) std::printf("    {\"match\": \"%s\"},\n", pattern(i, arguments[1]).c_str());
  std::printf("    {\"match\": \"*.matched\"}\n  ]\n}\n");
}

double decide(Arguments arguments) {
  const std::string& file = arguments[0];
  const auto config = config::read_file({file, file.substr(0, file.rfind('/')), "/"});
  if (!config) {
    std::fprintf(stderr, "%s\n", config.problem().text().c_str());
    std::exit(1);
  }
  const std::vector<std::byte> bytes = config::compile(*config, [](const std::string& folder) { return folder; });
  const config::Table table(bytes);
  std::vector<std::string> paths;
  constexpr int count = 1000;
  paths.reserve(count);
  for (int i = 0; i < count; ++i) paths.push_back(with_number(arguments[1], i));
  int decided = 0;
  const double time = time_batches(200, count, [&] {
    for (const std::string& path : paths) decided += table.decide(path).rule;
  });
  require(decided != 1, "deciding");  // so that the compiler does not leave it out
  return time;
}

}  // namespace memfile::bench
