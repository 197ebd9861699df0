#include "config/pattern.hpp"

#include "config/glob.hpp"
#include "config/words.hpp"

namespace memfile::config {
namespace {

// What is wrong with one of the patterns that `written` stands for.
std::optional<std::string> alternative_fault(std::string_view alternative, std::string_view written) {
  if (alternative.starts_with('/') && !written.starts_with('/')) {
    return "an alternative in braces cannot begin with /; write the patterns one by one";
  }
  if (alternative.empty() || alternative.ends_with('/')) {
    return "a pattern is about files, and this one ends in a folder; write " +
           in_quotes(std::string(alternative) + "**") + " for everything below it";
  }
  bool climbs = false;
  std::string_view last;
  for_each_component(alternative, [&](std::string_view component) {
    climbs = climbs || component == ".." || component == "\\.." || component == ".\\." || component == "\\.\\.";
    last = component;
  });
  if (climbs) return "a pattern cannot hold the component ..; write the folder that it leads to";
  if (last == ".") return "a pattern is about files, and . is a folder; write ./** for everything below it";
  return {};
}

}  // namespace

std::optional<std::string> pattern_fault(std::string_view written, std::string_view home) {
  if (const auto error = check_glob(written)) {
    return "byte " + std::to_string(error->offset + 1) + " of the pattern " + in_quotes(written) + ": " +
           error->message;
  }
  if (written.size() > max_pattern_size) {
    return "the pattern is longer than " + std::to_string(max_pattern_size) + " bytes; no path is";
  }
  if (written.starts_with('!')) {
    return "a leading ! is not known here; name what to leave out under \"except\" (or write \\! for a file name that "
           "begins with it)";
  }
  if (written.starts_with("~/") && home.empty()) return "HOME is not set, so that ~ stands for nothing; write the path";
  const auto expanded = expand_braces(written);
  if (!expanded) {
    return "the braces stand for more than " + std::to_string(max_alternatives) + " patterns; write * for some of them";
  }
  for (const std::string& alternative : *expanded) {
    if (auto fault = alternative_fault(alternative, written)) return fault;
  }
  return {};
}

std::string absolute_pattern(std::string_view written, std::string_view base, std::string_view home) {
  const std::string text(written);
  if (text.starts_with('/')) return collapsed(text);
  if (text.starts_with("~/")) return collapsed(escaped(home) + text.substr(1));
  if (text.find('/') != std::string::npos) return collapsed(escaped(base) + '/' + text);
  return collapsed(escaped(base) + "/**/" + text);
}

std::vector<std::string> alternatives(std::string_view absolute) {
  std::vector<std::string> all = expand_braces(absolute).value_or(std::vector<std::string>{});
  for (std::string& one : all) one = collapsed(one);
  return all;
}

std::string escaped(std::string_view path) {
  std::string pattern;
  for (const char byte : path) {
    if (std::string_view("*?[{\\").find(byte) != std::string_view::npos) pattern += '\\';
    pattern += byte;
  }
  return pattern;
}

std::string collapsed(std::string_view path) {
  std::string result;
  for_each_component(path, [&](std::string_view component) {
    if (!component.empty() && component != ".") result.append("/").append(component);
  });
  return result.empty() ? "/" : result;
}

std::string normalised(std::string_view path) {
  std::string result;
  for_each_component(path, [&](std::string_view component) {
    if (component.empty() || component == ".") return;
    if (component == "..") {
      result.erase(result.empty() ? 0 : result.rfind('/'));
    } else {
      result.append("/").append(component);
    }
  });
  return result.empty() ? "/" : result;
}

}  // namespace memfile::config
