// The reader: what each key and each pattern means. Mistakes are in config_mistakes.cpp.
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "config/reader.hpp"

using namespace memfile::config;

namespace {

const Surroundings at_home{"/home/pi/app/rules.json", "/home/pi/app", "/home/pi"};

std::string with_rule(const std::string& rule) { return R"({"version": 1, "rules": [)" + rule + "]}"; }

Config read(const std::string& text, const Surroundings& surroundings = at_home) {
  auto config = read_text(text, surroundings);
  if (!config) BOOST_FAIL(config.problem().text());
  return *config;
}

std::string absolute(const std::string& written, const Surroundings& surroundings = at_home) {
  const auto pattern = read_pattern(written, surroundings);
  return pattern ? pattern->absolute : "problem: " + pattern.problem().message;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(config_reader)

BOOST_AUTO_TEST_CASE(the_least_config_has_the_defaults) {
  const Config config = read(R"({"version": 1})");
  BOOST_TEST(config.file == "/home/pi/app/rules.json");
  BOOST_TEST(config.base == "/home/pi/app");
  BOOST_TEST(config.store == "/dev/shm");
  BOOST_TEST(config.transparent);
  BOOST_TEST(!config.reserve.has_value());
  BOOST_TEST(config.rules.empty());
}

BOOST_AUTO_TEST_CASE(every_key_is_read) {
  const Config config = read(R"({"$schema": "x", "version": 1, "base": "~/b", "store": "/run/x", "transparent": false,
    "reserve": "64M", "rules": [{"match": ["*.a", "*.b"], "except": "x", "action": "disk", "existing": "load",
    "on_exit": "save", "on_shutdown": "discard"}]})");
  BOOST_TEST(config.base == "/home/pi/b");
  BOOST_TEST(config.store == "/run/x");
  BOOST_TEST(!config.transparent);
  BOOST_TEST(config.reserve.value() == 64U << 20U);
  const Rule& rule = config.rules.at(0);
  BOOST_TEST(rule.match.at(1).absolute == "/home/pi/b/**/*.b");
  BOOST_TEST(rule.match.at(1).written == "*.b");
  BOOST_TEST(rule.except.at(0).absolute == "/home/pi/b/**/x");
  BOOST_TEST((rule.action == Action::disk && rule.existing == Existing::load));
  BOOST_TEST((rule.on_exit == Ending::save && rule.on_shutdown == Ending::discard));
}

BOOST_AUTO_TEST_CASE(a_rule_and_its_patterns_know_their_places) {
  const Config config = read("{\"version\": 1,\n \"rules\": [\n  {\"match\": [\"a\",\n   \"b\"]}]}");
  const Rule& rule = config.rules.at(0);
  BOOST_TEST((rule.position.line == 3 && rule.position.column == 3));
  BOOST_TEST((rule.match.at(1).position.line == 4 && rule.match.at(1).position.column == 4));
}

BOOST_AUTO_TEST_CASE(on_shutdown_is_as_on_exit_where_it_is_silent) {
  const Config config = read(with_rule(R"({"on_exit": "save", "match": "a"}, {"match": "b"})"));
  BOOST_TEST((config.rules.at(0).on_shutdown == Ending::save));
  BOOST_TEST((config.rules.at(1).on_shutdown == Ending::keep));
}

BOOST_AUTO_TEST_CASE(comments_and_a_byte_order_mark_are_accepted) {
  const Config config = read("\xEF\xBB\xBF// one\n{ /* two */ \"version\": 1, // three\n \"rules\": [] }\n// four");
  BOOST_TEST(config.rules.empty());
}

BOOST_AUTO_TEST_CASE(base_may_stand_behind_the_rules) {
  const Config config = read(R"({"version": 1, "rules": [{"match": "a"}], "base": "/b"})");
  BOOST_TEST(config.rules.at(0).match.at(0).absolute == "/b/**/a");
}

BOOST_AUTO_TEST_CASE(base_is_absolute_or_from_home_or_from_the_configs_folder) {
  const auto base = [](const std::string& written) {
    return read(R"({"version": 1, "base": ")" + written + "\"}").base;
  };
  BOOST_TEST(base("/x//y/./z/") == "/x/y/z");
  BOOST_TEST(base("~") == "/home/pi");
  BOOST_TEST(base("~/x") == "/home/pi/x");
  BOOST_TEST(base("sub") == "/home/pi/app/sub");
  BOOST_TEST(base(".") == "/home/pi/app");
  BOOST_TEST(base("../other") == "/home/pi/other");
  BOOST_TEST(base("/../..") == "/");
}

BOOST_AUTO_TEST_CASE(a_relative_base_without_a_file_starts_at_the_surroundings_base) {
  BOOST_TEST(read(R"({"version": 1, "base": "sub"})", {"", "/work", ""}).base == "/work/sub");
}

BOOST_AUTO_TEST_CASE(reserve_is_bytes_or_a_size) {
  const auto reserve = [](const std::string& written) {
    return read(R"({"version": 1, "reserve": )" + written + "}").reserve.value();
  };
  BOOST_TEST(reserve("0") == 0U);
  BOOST_TEST(reserve("4096") == 4096U);
  BOOST_TEST(reserve(R"("0")") == 0U);
  BOOST_TEST(reserve(R"("4096")") == 4096U);
  BOOST_TEST(reserve(R"("2K")") == 2048U);
  BOOST_TEST(reserve(R"("3G")") == std::uint64_t{3} << 30U);
  BOOST_TEST(reserve(R"("1T")") == std::uint64_t{1} << 40U);
  BOOST_TEST(reserve("18446744073709551615") == ~std::uint64_t{0});
}

BOOST_AUTO_TEST_CASE(a_pattern_is_made_absolute) {
  BOOST_TEST(absolute("*.tmp") == "/home/pi/app/**/*.tmp");
  BOOST_TEST(absolute("cache/**") == "/home/pi/app/cache/**");
  BOOST_TEST(absolute("./x") == "/home/pi/app/x");
  BOOST_TEST(absolute("/data/*") == "/data/*");
  BOOST_TEST(absolute("~/x/*") == "/home/pi/x/*");
  BOOST_TEST(absolute("**/x") == "/home/pi/app/**/x");
  BOOST_TEST(absolute("a//b/./c") == "/home/pi/app/a/b/c");
  BOOST_TEST(absolute("{a/b,c}") == "/home/pi/app/{a/b,c}");
  BOOST_TEST(absolute("\\!x") == "/home/pi/app/**/\\!x");
  BOOST_TEST(absolute("#x") == "/home/pi/app/**/#x");
  BOOST_TEST(absolute("x", {"", "/", ""}) == "/**/x");
}

BOOST_AUTO_TEST_CASE(what_is_special_in_a_base_or_home_is_escaped) {
  const Surroundings odd{"", "/b*?[{\\}", "/h[o]me"};
  BOOST_TEST(absolute("x", odd) == "/b\\*\\?\\[\\{\\\\}/**/x");
  BOOST_TEST(absolute("~/x", odd) == "/h\\[o]me/x");
}

BOOST_AUTO_TEST_CASE(a_pattern_that_can_be_no_files_is_refused) {
  BOOST_TEST(holds(absolute("cache/"), "write \"cache/**\""));
  BOOST_TEST(holds(absolute("{a,b/}"), "write \"b/**\""));
  BOOST_TEST(holds(absolute("!x"), "\"except\""));
  for (const char* written : {"../x", "a/../b", "a/..", "..", "{a,..}/x", "/..", "a/\\../b"}) {
    BOOST_TEST_CONTEXT(written) { BOOST_TEST(holds(absolute(written), "the component ..")); }
  }
  for (const char* written : {".", "a/.", "./."}) BOOST_TEST(holds(absolute(written), "write ./**"));
  BOOST_TEST(holds(absolute("{/a,/b}"), "cannot begin with /"));
  BOOST_TEST(holds(absolute("~/x", {"", "/", ""}), "HOME is not set"));
  BOOST_TEST(holds(absolute(std::string(4096, 'a')), "longer than 4095 bytes"));
  BOOST_TEST(holds(absolute("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"), "more than 1024 patterns"));
  BOOST_TEST(holds(absolute("a[b"), "byte 2 of the pattern \"a[b\": this [ is not closed"));
}

BOOST_AUTO_TEST_CASE(a_dot_in_a_name_is_no_folder) {
  for (const char* written : {"..x", "a/...", "x..", ".x", "a/.b/c"}) BOOST_TEST(!holds(absolute(written), "problem"));
}

BOOST_AUTO_TEST_CASE(a_config_survives_being_written) {
  const Config before = read(R"({"version": 1, "base": "/b[1]", "store": "/x\"y", "transparent": false, "reserve": "1M",
    "rules": [{"match": ["*.a", "\\*b", "\u00e9/**", "{x,y}.z"], "except": "k", "existing": "load", "on_exit": "save",
    "on_shutdown": "discard"}, {"match": "*", "action": "disk"}]})");
  const Config after = read(to_json(before), {"", "/elsewhere", ""});
  BOOST_TEST(after.base == before.base);
  BOOST_TEST(after.store == before.store);
  BOOST_TEST(after.transparent == before.transparent);
  BOOST_TEST(after.reserve.value() == before.reserve.value());
  BOOST_REQUIRE(after.rules.size() == before.rules.size());
  for (std::size_t i = 0; i < before.rules.size(); ++i) {
    const Rule& left = before.rules[i];
    const Rule& right = after.rules[i];
    BOOST_TEST((left.action == right.action && left.existing == right.existing));
    BOOST_TEST((left.on_exit == right.on_exit && left.on_shutdown == right.on_shutdown));
    BOOST_REQUIRE(left.match.size() == right.match.size() && left.except.size() == right.except.size());
    for (std::size_t j = 0; j < left.match.size(); ++j) BOOST_TEST(left.match[j].absolute == right.match[j].absolute);
    for (std::size_t j = 0; j < left.except.size(); ++j)
      BOOST_TEST(left.except[j].absolute == right.except[j].absolute);
  }
  BOOST_TEST(to_json(after) == to_json(before));
}

BOOST_AUTO_TEST_CASE(a_byte_that_is_no_character_is_written_as_one_that_matches_it) {
  Config config;
  config.base = "/";
  Rule rule;
  rule.match.push_back({"", "/caf\xE9/\xC3\xA9*", {}});
  config.rules.push_back(rule);
  BOOST_TEST(read(to_json(config)).rules.at(0).match.at(0).absolute == "/caf?/\xC3\xA9*");
}

BOOST_AUTO_TEST_SUITE_END()
