// The matchers: glob_matches and the compiled table must agree, with each other, with the cases here, and with an
// oracle that is too simple to be wrong.
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "config/glob.hpp"
#include "config/pattern.hpp"
#include "config/table.hpp"

using namespace memfile::config;

namespace {

struct Case {
  std::string pattern;
  std::string path;
  bool expected;
};

const std::vector<Case> cases = {
    // Plain bytes.
    {"/a/b", "/a/b", true},
    {"/a/b", "/a/bc", false},
    {"/a/b", "/a", false},
    {"/a/b", "/a/b/c", false},
    {"/a/b", "/x/a/b", false},
    {"/.hidden/.x", "/.hidden/.x", true},
    {"/a b/\xC3\xA9", "/a b/\xC3\xA9", true},
    {"/a}b", "/a}b", true},
    {"/a,b", "/a,b", true},
    {"/a]b", "/a]b", true},
    // One star.
    {"/*", "/a", true},
    {"/*", "/.a", true},
    {"/*", "/a/b", false},
    {"/a/*.o", "/a/x.o", true},
    {"/a/*.o", "/a/.o", true},
    {"/a/*.o", "/a/b/x.o", false},
    {"/a/*.o", "/a/x.oo", false},
    {"/a/x*", "/a/x", true},
    {"/a/x*", "/a/xyz", true},
    {"/a/x*", "/a/y", false},
    {"/a/*.db*", "/a/main.db-wal", true},
    {"/a/*.db*", "/a/main.d", false},
    {"/a/x*y", "/a/xy", true},
    {"/a/x*y", "/a/x1y2y", true},
    {"/a/x*y", "/a/xy2", false},
    {"/a*/b", "/a1/b", true},
    {"/a*/b", "/a/1/b", false},
    {"/*/*/c", "/a/b/c", true},
    {"/*/*/c", "/a/c", false},
    {"/a/***", "/a/b", true},
    {"/a/***", "/a/b/c", false},
    // Two stars that stand alone.
    {"/a/**", "/a/b", true},
    {"/a/**", "/a/b/c", true},
    {"/a/**", "/a", false},
    {"/a/**", "/ab/c", false},
    {"/**", "/a", true},
    {"/**", "/a/b/c", true},
    {"/**/x", "/x", true},
    {"/**/x", "/a/b/x", true},
    {"/**/x", "/a/x/b", false},
    {"/**/x", "/ax", false},
    {"/a/**/b", "/a/b", true},
    {"/a/**/b", "/a/x/y/b", true},
    {"/a/**/b", "/ab", false},
    {"/a/**/b/*.c", "/a/1/b/2/b/x.c", true},
    {"/a/**/b/*.c", "/a/1/b/2/x.c", false},
    {"/a/**/b/**/c", "/a/b/c", true},
    {"/a/**/b/**/c", "/a/1/b/2/3/c", true},
    {"/a/**/b/**/c", "/a/1/c/2/b", false},
    {"/a/**/b/**", "/a/1/b/x", true},
    {"/a/**/b/**", "/a/1/b", false},
    {"/a/**/**/b", "/a/b", true},
    {"/a/**/*", "/a/x/y", true},
    {"/a/**/*", "/a", false},
    {"/a/**/*.tmp", "/a/b/c.tmp", true},
    {"/a/**/x*", "/a/b/xy", true},
    {"/a/**/?", "/a/b/c/d", true},
    {"/a/**/?", "/a/b/c/dd", false},
    // Two stars that do not are one.
    {"/a**", "/abc", true},
    {"/a**", "/a/b", false},
    {"/a/**b", "/a/xb", true},
    {"/a/**b", "/a/x/b", false},
    {"/a/b**/c", "/a/bx/c", true},
    {"/a/b**/c", "/a/b/x/c", false},
    // A question mark.
    {"/a/?", "/a/b", true},
    {"/a/?", "/a/", false},
    {"/a/?", "/a/bc", false},
    {"/a?b", "/a/b", false},
    // Classes.
    {"/[a-c]", "/b", true},
    {"/[a-c]", "/d", false},
    {"/[!a-c]", "/d", true},
    {"/[!a-c]", "/b", false},
    {"/[^a-c]", "/d", true},
    {"/[]a]", "/]", true},
    {"/[]a]", "/a", true},
    {"/[!]a]", "/]", false},
    {"/[!]a]", "/b", true},
    {"/[a-]", "/-", true},
    {"/[a\\]b]", "/]", true},
    {"/[\\!a]", "/!", true},
    {"/[*?]", "/*", true},
    {"/[*?]", "/x", false},
    {"/a[!b]c", "/a/c", false},
    {"/a[ -~]c", "/a/c", false},
    {"/*.py[co]", "/x.pyc", true},
    {"/*.py[co]", "/x.py", false},
    {"/[0-9][0-9]*/x", "/12ab/x", true},
    {"/[\x80-\xFF]", "/\xE9", true},
    {"/[{,}]", "/,", true},
    // Escapes.
    {"/\\*", "/*", true},
    {"/\\*", "/x", false},
    {"/\\[a]", "/[a]", true},
    {"/a\\b", "/ab", true},
    {"/\\{a,b}", "/{a,b}", true},
    {"/x\\*/y", "/x*/y", true},
    {"/x\\*/y", "/xx/y", false},
    {"/\\**", "/*x", true},
    {"/*\\?", "/x?", true},
    {"/*\\?", "/xy", false},
    // Braces.
    {"/{a,b}", "/a", true},
    {"/{a,b}", "/b", true},
    {"/{a,b}", "/c", false},
    {"/{a,b}", "/{a,b}", false},
    {"/x.{tmp,sw[op]}", "/x.swo", true},
    {"/{a,{b,c}d}", "/cd", true},
    {"/{a,{b,c}d}", "/c", false},
    {"/x{,y}", "/x", true},
    {"/x{,y}", "/xy", true},
    {"/{a/b,c}/d", "/a/b/d", true},
    {"/{a/b,c}/d", "/c/d", true},
    {"/a/{,b/}c", "/a/c", true},
    {"/a/{,b/}c", "/a/b/c", true},
    {"/{a\\,b,c}", "/a,b", true},
    {"/{[a,b],c}", "/,", true},
    {"/{a}", "/a", true},
    {"/*.{tmp,swp}", "/x.swp", true},
    {"/{,**/}x", "/a/b/x", true},
};

Config config_of(const std::string& pattern) {
  Rule rule;
  rule.match.push_back({pattern, pattern, {}});
  Config config;
  config.rules.push_back(rule);
  return config;
}

std::vector<std::byte> table_of(const std::string& pattern) {
  return compile(config_of(pattern), [](const std::string& folder) { return folder; });
}

bool glob_says(const std::string& pattern, const std::string& path) {
  for (const std::string& one : alternatives(pattern)) {
    if (glob_matches(one, path)) return true;
  }
  return false;
}

bool table_says(const std::string& pattern, const std::string& path) {
  const std::vector<std::byte> bytes = table_of(pattern);
  return Table(bytes).decide(path).rule == 0;
}

bool could_match(const std::string& pattern, const std::string& path) {
  const std::vector<std::byte> bytes = table_of(pattern);
  return Table(bytes).could_match(std::string_view(path).substr(path.rfind('/') + 1));
}

// The oracle: exponential, and obviously what the header says. Classes here are [ab], [!ab] or [a-b].
bool oracle(std::string_view pattern, std::string_view path, bool at_start = true) {
  if (at_start && pattern == "**") return !path.empty();
  if (at_start && pattern.starts_with("**/")) {
    if (oracle(pattern.substr(3), path, true)) return true;
    const auto slash = path.find('/');
    return slash != std::string_view::npos && oracle(pattern, path.substr(slash + 1), true);
  }
  if (pattern.empty()) return path.empty();
  const char first = pattern[0];
  if (first == '*') {
    if (oracle(pattern.substr(1), path, false)) return true;
    return !path.empty() && path[0] != '/' && oracle(pattern, path.substr(1), false);
  }
  if (path.empty()) return false;
  if (first == '?') return path[0] != '/' && oracle(pattern.substr(1), path.substr(1), false);
  if (first == '[') {
    const auto end = pattern.find(']');
    std::string_view inside = pattern.substr(1, end - 1);
    const bool negated = inside[0] == '!';
    if (negated) inside.remove_prefix(1);
    bool is_member = inside.find(path[0]) != std::string_view::npos;
    if (inside.size() == 3 && inside[1] == '-') is_member = inside[0] <= path[0] && path[0] <= inside[2];
    return path[0] != '/' && is_member != negated && oracle(pattern.substr(end + 1), path.substr(1), false);
  }
  if (first == '\\') {
    return pattern[1] == path[0] && oracle(pattern.substr(2), path.substr(1), false);
  }
  return first == path[0] && oracle(pattern.substr(1), path.substr(1), first == '/');
}

// singly.
std::string random_component(std::mt19937& random, bool is_pattern) {
  static const std::vector<std::string> items = {"a", "b", "a", "b", "*", "?", "[ab]", "[!a]", "[a-b]", "\\a", "\\*"};
  std::string component;
  const auto count = 1 + random() % 3;
  for (unsigned long i = 0; i < count; ++i)
    component += is_pattern ? items[random() % items.size()] : items[random() % 2];
  if (!is_pattern && random() % 8 == 0) component += '*';
  if (is_pattern && random() % 4 == 0) component = "**";
  return component;
}

std::string random_path(std::mt19937& random, bool is_pattern) {
  std::string path;
  const auto count = 1 + random() % 4;
  for (unsigned long i = 0; i < count; ++i) path += '/' + random_component(random, is_pattern);
  return path;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_glob)

BOOST_AUTO_TEST_CASE(every_matcher_gives_the_expected_answer) {
  for (const Case& one : cases) {
    BOOST_TEST_CONTEXT(one.pattern << " on " << one.path) {
      BOOST_TEST(!check_glob(one.pattern).has_value());
      BOOST_TEST(glob_says(one.pattern, one.path) == one.expected);
      // A table is asked about files, so never with a slash at the end.
      if (!one.path.ends_with('/')) BOOST_TEST(table_says(one.pattern, one.path) == one.expected);
      if (one.expected) BOOST_TEST(could_match(one.pattern, one.path));
    }
  }
}

BOOST_AUTO_TEST_CASE(random_patterns_agree_with_the_oracle) {
  std::mt19937 random(20240501);
  for (int round = 0; round < 20000; ++round) {
    const std::string pattern = random_path(random, true);
    const std::vector<std::byte> bytes = table_of(pattern);
    for (int path_round = 0; path_round < 5; ++path_round) {
      const std::string path = random_path(random, false);
      const bool expected = oracle(std::string_view(pattern).substr(1), std::string_view(path).substr(1));
      const bool agree = glob_matches(pattern, path) == expected && (Table(bytes).decide(path).rule == 0) == expected;
      if (!agree) BOOST_ERROR(pattern + " on " + path + " should be " + (expected ? "true" : "false"));
    }
  }
}

BOOST_AUTO_TEST_CASE(relative_patterns_match_relative_texts) {
  BOOST_TEST(glob_matches("**/x", "x"));
  BOOST_TEST(glob_matches("**/x", "a/b/x"));
  BOOST_TEST(!glob_matches("**", ""));
}

BOOST_AUTO_TEST_CASE(many_stars_do_not_blow_up) {
  std::string stars = "/";
  std::string folders;
  for (int i = 0; i < 200; ++i) stars += "*a";
  for (int i = 0; i < 200; ++i) folders += "/**/a";
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "/a";
  BOOST_TEST(!glob_matches(stars + "b", '/' + std::string(3000, 'a')));
  BOOST_TEST(!glob_matches(folders + "/b", deep));
  BOOST_TEST(!glob_matches("/**/*a*a*a*a*b", deep + '/' + std::string(1000, 'a')));
}

BOOST_AUTO_TEST_CASE(a_malformed_pattern_is_only_read_inside) {
  for (const std::string pattern : {"/[", "/[a", "/[!", "/[]", "/\\", "/[\\", "/[a-", "/{", "/[a-\\", "/*["}) {
    const std::vector<char> exact(pattern.begin(), pattern.end());
    BOOST_TEST(!glob_matches({exact.data(), exact.size()}, "/no such file"));
  }
}

BOOST_AUTO_TEST_CASE(an_error_names_the_byte) {
  struct Malformed {
    std::string pattern;
    std::size_t offset;
  };
  const std::vector<Malformed> malformed = {
      {"", 0},        {"/a[b", 2},   {"/[]", 1},     {"/[!]", 1},         {"/a{b", 2},
      {"/{a,{b}", 1}, {"/{a\\}", 1}, {"/{[a,b}", 2}, {"/a\\", 2},         {"/a\\/b", 2},
      {"/[z-a]", 2},  {"/[a/]", 3},  {"/[+-/]", 2},  {"/[[:alpha:]]", 2}, {std::string("/a\0b", 4), 2},
  };
  for (const Malformed& one : malformed) {
    const auto error = check_glob(one.pattern);
    BOOST_TEST_CONTEXT(one.pattern) {
      BOOST_REQUIRE(error.has_value());
      BOOST_TEST(error->offset == one.offset);
    }
  }
}

BOOST_AUTO_TEST_CASE(braces_are_written_out_in_order) {
  const std::vector<std::string> expected = {"/ac", "/ad", "/b1c", "/b1d", "/b2c", "/b2d"};
  BOOST_TEST(expand_braces("/{a,b{1,2}}{c,d}").value() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(braces_are_written_out_up_to_their_limit) {
  const std::string ten = "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}";
  BOOST_TEST(expand_braces(ten).value().size() == max_alternatives);
  BOOST_TEST(!expand_braces(ten + "{a,b}").has_value());
  BOOST_TEST(expand_braces(std::string(2000, '{') + "a" + std::string(2000, '}')).value().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
