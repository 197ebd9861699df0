// The table: which rule decides, what could match, what is covered, and what a broken table does.
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "config/reader.hpp"
#include "config/table.hpp"

using namespace memfile::config;

namespace {

std::string as_it_is(const std::string& folder) { return folder; }

// A table that owns its bytes. `rules` is the list's inside, as JSON; patterns start at /base.
class Compiled {
 public:
  explicit Compiled(const std::string& rules, const Resolve& resolve = as_it_is) {
    const auto config = read_text(R"({"version": 1, "base": "/base", "rules": [)" + rules + "]}", {});
    if (!config) BOOST_FAIL(config.problem().text());
    bytes_ = compile(*config, resolve);
    table_ = Table(bytes_);
    BOOST_REQUIRE(table_.is_valid());
  }
  const Table* operator->() const { return &table_; }
  [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
  Table table_;
};

int rule_for(const Compiled& table, const std::string& path) { return table->decide(path).rule; }

std::string match_rule(const std::string& pattern, const std::string& more = "") {
  return R"({"match": ")" + pattern + "\"" + more + "}";
}

constexpr const char* disk = R"(, "action": "disk")";

std::string many(const std::string& before, const std::string& after, int count) {
  std::string rules;
  for (int i = 0; i < count; ++i) {
    rules += (i == 0 ? "" : ",") + match_rule(before + std::to_string(i) + after);
  }
  return rules;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_table)

BOOST_AUTO_TEST_CASE(without_a_rule_nothing_matches) {
  const Compiled table("");
  BOOST_TEST(!table->could_match("x"));
  BOOST_TEST(rule_for(table, "/base/x") == Decision::no_rule);
  BOOST_TEST(!table->covers("/base"));
}

BOOST_AUTO_TEST_CASE(a_decision_carries_what_the_rule_says) {
  const Compiled table(match_rule("a", disk) + "," + match_rule("b", R"(, "existing": "load")"));
  BOOST_TEST((table->decide("/base/a").action == Action::disk));
  BOOST_TEST((table->decide("/base/a").existing == Existing::leave));
  BOOST_TEST((table->decide("/base/b").action == Action::ram));
  BOOST_TEST((table->decide("/base/b").existing == Existing::load));
  BOOST_TEST((table->decide("/base/c").action == Action::disk));
}

BOOST_AUTO_TEST_CASE(the_first_rule_in_order_decides_whatever_its_kind) {
  const std::vector<std::string> kinds = {"x.tmp", "*.tmp", "x*", "**", "?.tmp", "/base/**/x.tmp", "/b*/x.tmp"};
  for (const std::string& first : kinds) {
    for (const std::string& second : kinds) {
      const Compiled table(match_rule("never") + "," + match_rule(first) + "," + match_rule(second));
      BOOST_TEST(rule_for(table, "/base/x.tmp") == 1, first << " before " << second);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_excepted_path_goes_to_the_next_rule) {
  const Compiled table(match_rule("*.tmp", R"(, "except": ["keep/**", "x.*"])") + "," + match_rule("*.tmp"));
  BOOST_TEST(rule_for(table, "/base/a.tmp") == 0);
  BOOST_TEST(rule_for(table, "/base/keep/a.tmp") == 1);
  BOOST_TEST(rule_for(table, "/base/d/x.tmp") == 1);
}

BOOST_AUTO_TEST_CASE(a_path_may_have_more_keys_than_are_looked_up_at_once) {
  const std::string name = "abcdefghijklmnopqrstuvwxyz";
  std::string rules = match_rule("never");
  for (std::size_t size = 1; size < name.size(); ++size) {
    rules += "," + match_rule("*" + name.substr(name.size() - size), R"(, "except": "**")");
    rules += "," + match_rule(name.substr(0, size) + "*", R"(, "except": "**")");
  }
  const Compiled table(rules + "," + match_rule(name));
  BOOST_TEST(rule_for(table, "/base/" + name) == 51);
}

BOOST_AUTO_TEST_CASE(long_suffixes_and_prefixes_are_compared_whole) {
  const std::string longer(40, 'a');
  const Compiled table(match_rule("*x" + longer) + "," + match_rule(longer + "y*"));
  BOOST_TEST(rule_for(table, "/base/_x" + longer) == 0);
  BOOST_TEST(rule_for(table, "/base/_z" + longer) == Decision::no_rule);
  BOOST_TEST(rule_for(table, "/base/" + longer + "y_") == 1);
  BOOST_TEST(rule_for(table, "/base/" + longer + "z_") == Decision::no_rule);
}

BOOST_AUTO_TEST_CASE(very_deep_folders_are_decided_about) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "/d" + std::to_string(i);
  const Compiled table(match_rule(deep + "/*.tmp") + "," + match_rule(deep + "/**") + "," + match_rule("/**/z"));
  BOOST_TEST(rule_for(table, deep + "/x.tmp") == 0);
  BOOST_TEST(rule_for(table, deep + "/e/x") == 1);
  BOOST_TEST(rule_for(table, "/e" + deep + "/x") == Decision::no_rule);
  BOOST_TEST(rule_for(table, "/e" + deep + "/z") == 2);
}

BOOST_AUTO_TEST_CASE(what_is_no_files_path_has_no_rule) {
  const Compiled table(match_rule("/**"));
  for (const char* path : {"", "/", "x", "a/b", "/a/"}) BOOST_TEST(rule_for(table, path) == Decision::no_rule);
}

BOOST_AUTO_TEST_CASE(a_literal_folder_is_entered_as_written_and_as_resolved) {
  const auto resolve = [](const std::string& folder) {
    return folder == "/base/my [dir]" ? std::string("/mnt/d*sk") : folder;
  };
  const Compiled table(match_rule("my \\\\[dir]/*.tmp", R"(, "except": "my \\[dir]/x.*")"), resolve);
  BOOST_TEST(rule_for(table, "/base/my [dir]/a.tmp") == 0);
  BOOST_TEST(rule_for(table, "/mnt/d*sk/a.tmp") == 0);
  BOOST_TEST(rule_for(table, "/mnt/disk/a.tmp") == Decision::no_rule);
  BOOST_TEST(rule_for(table, "/mnt/d*sk/x.tmp") == Decision::no_rule);
}

BOOST_AUTO_TEST_CASE(a_folder_may_resolve_to_the_root) {
  const Compiled table(match_rule("*.tmp"), [](const std::string&) { return std::string("/"); });
  BOOST_TEST(rule_for(table, "/a.tmp") == 0);
  BOOST_TEST(rule_for(table, "/x/a.tmp") == 0);
}

BOOST_AUTO_TEST_CASE(each_folder_is_resolved_once) {
  int asked = 0;
  const Compiled table(many("/data/x", ".tmp", 100), [&](const std::string& folder) {
    ++asked;
    return folder;
  });
  BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(a_name_could_match_only_a_rule_that_wants_ram) {
  const Compiled table(match_rule("*.o") + "," + match_rule("*.log", disk) + "," + match_rule("a?b") + "," +
                       match_rule("core*") + "," + match_rule("exact") + "," + match_rule("all/**", disk));
  for (const char* name : {"x.o", ".o", "a1b", "core", "core.1", "exact"}) BOOST_TEST(table->could_match(name));
  for (const char* name : {"x.log", "x.c", "o", "a1c", "cor", "exac", "exact2", ""})
    BOOST_TEST(!table->could_match(name));
}

BOOST_AUTO_TEST_CASE(any_name_could_match_where_a_whole_folder_is_asked_for) {
  BOOST_TEST(Compiled(match_rule("all/**"))->could_match("x"));
  BOOST_TEST(Compiled(match_rule("all/*"))->could_match("x"));
}

BOOST_AUTO_TEST_CASE(what_is_decided_as_ram_could_match) {
  const Compiled table(many("a?", "", 50) + "," + many("*b", "c*", 50) + "," + many("", "*d", 50));
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string name;
    for (auto size = 1 + random() % 6; size > 0; --size) name += "abcd0123"[random() % 8];
    if (rule_for(table, "/base/" + name) != Decision::no_rule) BOOST_TEST(table->could_match(name));
  }
}

BOOST_AUTO_TEST_CASE(a_folder_is_covered_by_a_rule_for_every_name) {
  for (const char* pattern : {"tmp/**", "tmp/*", "**", "*", "/base/tmp/*", "/base/**/*"}) {
    BOOST_TEST_CONTEXT(pattern) { BOOST_TEST(Compiled(match_rule(pattern))->covers("/base/tmp")); }
  }
}

BOOST_AUTO_TEST_CASE(a_folder_is_covered_at_any_depth_below) {
  BOOST_TEST(Compiled(match_rule("tmp/**"))->covers("/base/tmp/a/b"));
  BOOST_TEST(!Compiled(match_rule("tmp/*"))->covers("/base/tmp/a"));
  BOOST_TEST(Compiled(match_rule("/**"))->covers("/"));
}

BOOST_AUTO_TEST_CASE(a_folder_is_not_covered_by_less) {
  for (const char* pattern : {"tmp/*.o", "tmp/?*", "tmp", "other/**", "tmp/a/**", "tmpx/**"}) {
    BOOST_TEST_CONTEXT(pattern) { BOOST_TEST(!Compiled(match_rule(pattern))->covers("/base/tmp")); }
  }
  BOOST_TEST(!Compiled(match_rule("tmp/**", disk))->covers("/base/tmp"));
  BOOST_TEST(!Compiled(match_rule("tmp/**", R"(, "except": "x")"))->covers("/base/tmp"));
}

BOOST_AUTO_TEST_CASE(a_folder_is_not_covered_where_an_earlier_rule_keeps_something_on_disk) {
  for (const char* pattern : {"*.keep", "tmp/x", "t*/x", "/**/*.keep", "tmp/**"}) {
    const Compiled table(match_rule(pattern, disk) + "," + match_rule("tmp/**"));
    BOOST_TEST_CONTEXT(pattern) { BOOST_TEST(!table->covers("/base/tmp")); }
  }
}

BOOST_AUTO_TEST_CASE(a_folder_is_covered_where_no_earlier_rule_disagrees) {
  const Compiled elsewhere(match_rule("other/*.keep", disk) + "," + match_rule("tmp/**"));
  BOOST_TEST(elsewhere->covers("/base/tmp"));
  const Compiled above(match_rule("/base/*", disk) + "," + match_rule("tmp/**"));
  BOOST_TEST(above->covers("/base/tmp"));
  const Compiled later(match_rule("tmp/**") + "," + match_rule("*.keep", disk));
  BOOST_TEST(later->covers("/base/tmp"));
  const Compiled same(match_rule("*.o", R"(, "except": "x.o")") + "," + match_rule("tmp/**"));
  BOOST_TEST(same->covers("/base/tmp"));
}

BOOST_AUTO_TEST_CASE(each_of_ten_thousand_rules_is_found) {
  constexpr int count = 10000;
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"/data/dir_", "/**"}, {"/data/name_", ""}, {"*.ext_", ""}, {"/data/dir_", "/*.tmp"}}) {
    const Compiled table(many(before, after, count));
    for (int i = 0; i < count; i += 7) {
      std::string path = before + std::to_string(i) + after;
      if (path.starts_with('*')) path.replace(0, 1, "/base/a/x");
      if (const auto star = path.find('*'); star != std::string::npos)
        path.replace(star, path[star + 1] == '*' ? 2 : 1, "x");
      if (rule_for(table, path) != i) BOOST_ERROR(path + " is rule " + std::to_string(rule_for(table, path)));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_empty_or_default_table_is_not_valid) {
  BOOST_TEST(!Table().is_valid());
  BOOST_TEST(!Table(std::span<const std::byte>()).is_valid());
  BOOST_TEST(Table().decide("/base/x").rule == Decision::no_rule);
  BOOST_TEST(!Table().could_match("x"));
  BOOST_TEST(!Table().covers("/"));
}

BOOST_AUTO_TEST_CASE(a_truncated_table_is_not_valid) {
  const Compiled whole(many("x", "", 20));
  for (std::size_t size = 0; size < whole.bytes().size(); ++size) {
    const std::vector<std::byte> part(whole.bytes().begin(), whole.bytes().begin() + static_cast<long>(size));
    if (Table(part).is_valid()) BOOST_ERROR("valid at " + std::to_string(size));
  }
}

BOOST_AUTO_TEST_CASE(a_table_that_ends_in_a_hole_is_not_valid) {
  const Compiled whole(many("x", "", 20));
  std::vector<std::byte> torn = whole.bytes();
  std::fill(torn.begin() + static_cast<long>(torn.size() / 2), torn.end(), std::byte{0});
  BOOST_TEST(!Table(torn).is_valid());
}

BOOST_AUTO_TEST_CASE(a_table_off_its_alignment_is_not_valid) {
  const Compiled whole(many("x", "", 20));
  std::vector<std::byte> shifted(whole.bytes().size() + 1);
  std::memcpy(shifted.data() + 1, whole.bytes().data(), whole.bytes().size());
  BOOST_TEST(!Table(std::span<const std::byte>(shifted).subspan(1)).is_valid());
}

BOOST_AUTO_TEST_CASE(a_damaged_table_answers_without_reading_outside) {
  const Compiled whole(match_rule("a/**", R"(, "except": "*.x")") + "," + match_rule("*[bc]?.o") + "," +
                       match_rule("/base/*/x.tmp", disk) + "," + match_rule("pre*"));
  std::mt19937 random(11);
  for (int round = 0; round < 20000; ++round) {
    std::vector<std::byte> damaged = whole.bytes();
    for (auto count = 1 + random() % 16; count > 0; --count) damaged[random() % damaged.size()] = std::byte(random());
    const Table table(damaged);
    for (const char* path : {"/base/a/y", "/base/xb1.o", "/base/q/x.tmp", "/base/pre1"}) {
      BOOST_REQUIRE(table.decide(path).rule < 4);
      static_cast<void>(table.could_match(std::strrchr(path, '/') + 1));
      static_cast<void>(table.covers(path));
    }
  }
}

BOOST_AUTO_TEST_CASE(compiling_twice_gives_the_same_bytes) {
  BOOST_TEST((Compiled(many("x", "", 50)).bytes() == Compiled(many("x", "", 50)).bytes()));
}

BOOST_AUTO_TEST_SUITE_END()
