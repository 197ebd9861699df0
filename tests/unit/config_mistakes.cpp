// The reader: where and in which words every mistake in a config is reported.
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "config/reader.hpp"

using namespace memfile::config;

namespace {

const Surroundings at_home{"/home/pi/app/rules.json", "/home/pi/app", "/home/pi"};

std::string with_rule(const std::string& rule) { return R"({"version": 1, "rules": [)" + rule + "]}"; }

// "LINE:COLUMN KEY", or what was read instead.
std::string place(const std::string& text, const Surroundings& surroundings = at_home) {
  const auto config = read_text(text, surroundings);
  if (config) return "no problem";
  const Problem& problem = config.problem();
  return std::to_string(problem.position.line) + ':' + std::to_string(problem.position.column) + ' ' + problem.key;
}

std::string message(const std::string& text, const Surroundings& surroundings = at_home) {
  const auto config = read_text(text, surroundings);
  return config ? "no problem" : config.problem().message;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Mistake {
  std::string text;
  std::string place;
  std::string says;  // part of the message
};

void check(const std::vector<Mistake>& mistakes) {
  for (const auto& [text, expected_place, says] : mistakes) {
    BOOST_TEST(place(text) == expected_place, text << "\n" << message(text));
    BOOST_TEST(holds(message(text), says), text << "\n" << message(text));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_mistakes)

BOOST_AUTO_TEST_CASE(a_missing_or_unknown_key_is_reported) {
  check({
      {R"({})", "1:1 version", "write \"version\": 1"},
      {"// c\n  {\"rules\": []}", "2:3 version", "write \"version\": 1"},
      {R"({"version": 2})", "1:13 version", "only version 1"},
      {R"({"version": 1, "rule": []})", "1:16 rule", "unknown key \"rule\"; did you mean \"rules\"?"},
      {R"({"version": 1, "colour": 3})", "1:16 colour", "the keys here are \"version\", \"base\""},
      {with_rule(R"({"mtach": "a"})"), "1:27 rules[0].mtach", "did you mean \"match\"?"},
      {with_rule("{\"match\": \"a\"},\n{\"match\": \"b\",\n \"onexit\": \"save\"}"), "3:2 rules[1].onexit",
       "did you mean \"on_exit\"?"},
      {with_rule(R"({"action": "ram"})"), "1:26 rules[0]", "no \"match\""},
      {with_rule("{\"match\": \"a\"},\n{}"), "2:1 rules[1]", "no \"match\""},
      {R"({"version": 1, "a\nb": 3})", "1:16 a\nb", "unknown key \"a\\x0ab\""},
  });
}

BOOST_AUTO_TEST_CASE(a_doubled_key_is_reported_where_it_stands_again) {
  check({
      {"{\"version\": 1,\n \"version\": 1}", "2:2 version", "\"version\" stands twice"},
      {with_rule(R"({"match": "a", "match": "b"})"), "1:41 rules[0].match", "\"match\" stands twice"},
      {with_rule(R"({"match": "a"}, {"match": "b"})"), "no problem", "no problem"},
  });
}

BOOST_AUTO_TEST_CASE(a_wrong_type_is_reported_with_what_was_found) {
  check({
      {"[]", "1:1 ", "expected an object {...}, found a list"},
      {"\n 7", "2:2 ", "found a number"},
      {R"({"version": "1"})", "1:13 version", "expected the number 1, found a string"},
      {R"({"version": 1.0})", "1:13 version", "found a number that is negative or has a fraction"},
      {R"({"version": -1})", "1:13 version", "found a number that is negative"},
      {R"({"version": 1, "base": null})", "1:24 base", "expected a string, found null"},
      {R"({"version": 1, "store": ["/x"]})", "1:25 store", "expected a string, found a list"},
      {R"({"version": 1, "transparent": "yes"})", "1:31 transparent", "expected true or false, found a string"},
      {R"({"version": 1, "reserve": -5})", "1:27 reserve", "a number of bytes"},
      {R"({"version": 1, "reserve": true})", "1:27 reserve", "found true or false"},
      {R"({"version": 1, "rules": {"match": "a"}})", "1:25 rules", "expected a list [...] of rules, found an object"},
      {R"({"version": 1, "$schema": 1})", "1:27 $schema", "expected a string"},
      {with_rule(R"("a")"), "1:26 rules[0]", "expected a rule {\"match\": ...}, found a string"},
      {with_rule("{\"match\": \"a\"}, [[[[[["), "1:42 rules[1]", "found a list"},
      {with_rule(R"({"match": 5})"), "1:36 rules[0].match",
       "expected a pattern, or a list of patterns, found a number"},
      {with_rule(R"({"match": ["a", 5]})"), "1:42 rules[0].match[1]", "expected a pattern in quotes, found a number"},
      {with_rule(R"({"match": [["a"]]})"), "1:37 rules[0].match[0]", "found a list"},
      {with_rule(R"({"match": []})"), "1:37 rules[0].match", "the list is empty"},
      {with_rule(R"({"except": {}})"), "1:37 rules[0].except", "found an object"},
      {with_rule(R"({"action": true})"), "1:37 rules[0].action", "one of \"ram\", \"disk\", found true or false"},
  });
}

BOOST_AUTO_TEST_CASE(an_unknown_word_is_reported_with_the_known_ones) {
  check({
      {with_rule(R"({"action": "rma"})"), "1:37 rules[0].action", "did you mean \"ram\"? (one of \"ram\", \"disk\")"},
      {with_rule(R"({"existing": "move"})"), "1:39 rules[0].existing", "(one of \"leave\", \"load\")"},
      {with_rule(R"({"on_exit": "Save"})"), "1:38 rules[0].on_exit", "did you mean \"save\"?"},
      {with_rule(R"({"on_shutdown": "drop"})"), "1:42 rules[0].on_shutdown", "\"keep\", \"save\", \"discard\""},
  });
}

BOOST_AUTO_TEST_CASE(a_bad_value_is_reported) {
  check({
      {R"({"version": 1, "store": "shm"})", "1:25 store", "\"shm\" is not absolute"},
      {R"({"version": 1, "store": ""})", "1:25 store", "empty"},
      {R"({"version": 1, "store": "/)" + std::string(128, 'x') + "\"}", "1:25 store", "longer than 128 bytes"},
      {R"({"version": 1, "base": ""})", "1:24 base", "empty"},
      {R"({"version": 1, "base": "/a\u0000b"})", "1:24 base", "NUL"},
      {R"({"version": 1, "reserve": "64MB"})", "1:27 reserve", "\"64MB\" is no size"},
      {R"({"version": 1, "reserve": "64m"})", "1:27 reserve", "is no size"},
      {R"({"version": 1, "reserve": ""})", "1:27 reserve", "is no size"},
      {R"({"version": 1, "reserve": "M"})", "1:27 reserve", "is no size"},
      {R"({"version": 1, "reserve": "-1"})", "1:27 reserve", "is no size"},
      {R"({"version": 1, "reserve": "16777216T"})", "1:27 reserve", "larger than any store"},
      {R"({"version": 1, "reserve": "99999999999999999999"})", "1:27 reserve", "larger than any store"},
  });
  BOOST_TEST(message(R"({"version": 1, "store": "~/x"})", {"", "/", ""}).starts_with("HOME is not set"));
}

BOOST_AUTO_TEST_CASE(a_bad_pattern_is_reported_at_its_string) {
  check({
      {with_rule(R"({"match": "a[b"})"), "1:36 rules[0].match", "byte 2 of the pattern"},
      {with_rule("{\"match\": [\"a\",\n  \"cache/\"]}"), "2:3 rules[0].match[1]", "\"cache/**\""},
      {with_rule(R"({"match": "a", "except": ["!x"]})"), "1:52 rules[0].except[0]", "leading !"},
      {with_rule(R"({"match": ""})"), "1:36 rules[0].match", "empty"},
      {with_rule(R"({"match": "a\u0000b"})"), "1:36 rules[0].match", "byte 2"},
      {with_rule(R"({"match": "a\\"})"), "1:36 rules[0].match", "escapes nothing"},
  });
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_reported_at_the_token) {
  check({
      {"", "1:1 ", "the config is empty"},
      {" \n // only this\n", "1:1 ", "the config is empty"},
      {R"({"version": 1)", "1:14 version", "ends too early"},
      {R"({"version" 1})", "1:12 version", "expected ':'"},
      {R"({"version": 1 "rules": []})", "1:15 version", "expected '}' or a comma"},
      {"{\"version\": 1,\n}", "1:14 version", "nothing follows this comma"},
      {with_rule(R"({"match": ["a",]})"), "1:40 rules[0].match[1]", "nothing follows this comma"},
      {R"({"version": 1,, "base": "/"})", "1:15 version", "not JSON"},
      {R"({"version":: 1})", "1:12 version", "not JSON"},
      {R"({"version": tru})", "1:13 version", "invalid literal"},
      {R"({"version": 1, "reserve": 01})", "1:27 reserve", "not JSON"},
      {R"({"version": 1, "reserve": 1.})", "1:27 reserve", "invalid number"},
      {R"({"version": 1, x})", "1:16 version", "invalid literal"},
      {R"({"version": nul)", "1:13 version", "invalid literal"},
      {"{\"version\": 1, / /* a */ }", "1:16 version", "comment"},
      {R"({version: 1})", "1:2 ", "invalid literal"},
      {R"({'version': 1})", "1:2 ", "invalid literal"},
      {"{\"version\": 1, \"base\": \"/a\n}", "1:24 base", "not closed on its line"},
      {"{\"version\": 1, \"base\": \"/a", "1:24 base", "not closed on its line"},
      {R"({"version": 1, "base": "\x"})", "1:26 base", "backslash"},
      {"{\"version\": 1, \"base\": \"/a\xE9\"}", "1:28 base", "not UTF-8"},
      {"{\"version\": 1, \"base\": \"/\xE9tat\"}", "1:27 base", "not UTF-8"},
      {R"({"version": 1} {})", "1:16 ", "not JSON"},
      {"{\"version\": 1} /* no end", "1:16 ", "comment"},
      {std::string("{\"version\": 1}\n\0x", 17), "2:1 ", "NUL"},
      {"\xEF\xBB\xBF{\"version\": 2}", "1:13 version", "only version 1"},
      {"\xEF\xBB{\"version\": 1}", "1:1 ", "BOM"},
  });
}

BOOST_AUTO_TEST_CASE(a_message_holds_nothing_of_the_parsers_own_words) {
  for (const char* text : {"{", "{]", R"({"version": 1 1})", "{\"version\": tru}", "nul", "{\"a", "1e999"}) {
    BOOST_TEST_CONTEXT(message(text)) {
      BOOST_TEST(!holds(message(text), "json.exception"));
      BOOST_TEST(!holds(message(text), "last read"));
      BOOST_TEST(!holds(message(text), "syntax error"));
    }
  }
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_an_error_like_others) {
  for (const std::string& deep : {std::string(1000000, '['), std::string(1000000, '{')}) {
    BOOST_TEST(!read_text(deep, at_home));
    BOOST_TEST(!read_text(with_rule("{\"match\": " + deep), at_home));
    BOOST_TEST(!read_text("{\"$schema\": " + deep, at_home));
  }
}

BOOST_AUTO_TEST_CASE(patterns_are_limited_in_all) {
  const std::string many = R"("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")";
  std::string rules = "{\"match\": [" + many;
  for (int i = 0; i < 1024; ++i) rules += ",\n" + many;
  BOOST_TEST(place(with_rule(rules + "]}")) == "1025:1 rules[0].match[1024]");
}

BOOST_AUTO_TEST_CASE(a_problem_is_one_line_of_text) {
  const Problem problem{"/a.json", {3, 14}, "rules[2].match", "wrong"};
  BOOST_TEST(problem.text() == "/a.json:3:14: rules[2].match: wrong");
  BOOST_TEST((Problem{"/a.json", {}, "", "wrong"}).text() == "/a.json: wrong");
  BOOST_TEST((Problem{"", {3, 14}, "", "wrong"}).text() == "3:14: wrong");
  BOOST_TEST((Problem{"", {}, "", "wrong"}).text() == "wrong");
}

BOOST_AUTO_TEST_SUITE_END()
