// A config back to JSON. Apart from the reader, so that what only reads does not carry it.
#include <array>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "config/reader.hpp"
#include "config/utf8.hpp"

namespace memfile::config {
namespace {

using Json = nlohmann::ordered_json;

// JSON is UTF-8 and a path any bytes: a byte that is no character becomes `?`, which matches it.
std::string representable(std::string_view pattern) {
  std::string result;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t size = utf8_size(pattern, at);
    if (size == 0) {
      result += '?';
    } else {
      result.append(pattern, at, size);
    }
    at += size == 0 ? 1 : size;
  }
  return result;
}

Json list(const std::vector<Pattern>& patterns) {
  Json all = Json::array();
  for (const Pattern& one : patterns) all.push_back(representable(one.absolute));
  return all;
}

const char* word(Ending ending) {
  constexpr std::array<const char*, 3> words = {"keep", "save", "discard"};
  return words.at(static_cast<std::size_t>(ending));
}

Json object(const Rule& rule) {
  Json result = {{"match", list(rule.match)}};
  if (!rule.except.empty()) result["except"] = list(rule.except);
  result["action"] = rule.action == Action::ram ? "ram" : "disk";
  result["existing"] = rule.existing == Existing::leave ? "leave" : "load";
  result["on_exit"] = word(rule.on_exit);
  result["on_shutdown"] = word(rule.on_shutdown);
  return result;
}

}  // namespace

std::string to_json(const Config& config) {
  Json result = {{"version", 1}, {"base", config.base}, {"store", config.store}, {"transparent", config.transparent}};
  if (config.reserve) result["reserve"] = *config.reserve;
  result["rules"] = Json::array();
  for (const Rule& rule : config.rules) result["rules"].push_back(object(rule));
  return result.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace memfile::config
