// The rules of -r and -x.
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;

namespace {

// The files among f, g, d/f, d/g that are memfiles after a run with these options. "rules.json" has: f to RAM.
std::string in_ram(const std::string& options, const std::string& before = "true") {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "f"}]})");
  const Outcome outcome = sandbox.run(Way::plain,
                                      "mkdir d; " + before + "; " + launcher_word() + " " + options +
                                          " sh -c 'for f in f g d/f d/g; do echo >$f; done'",
                                      {"XDG_CONFIG_HOME=/nonexistent"});
  if (outcome.exit_code != 0 || !outcome.output.empty()) return outcome.output;
  std::string names;
  for (const char* name : {"f", "g", "d/f", "d/g"}) {
    if (sandbox.is_memfile(name)) names += std::string(names.empty() ? "" : " ") + name;
  }
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(given_rules)

BOOST_AUTO_TEST_CASE(r_puts_into_ram_what_it_matches) {
  BOOST_TEST(in_ram("-r g") == "g d/g");
  BOOST_TEST(in_ram("-r g -r f") == "f g d/f d/g");
  BOOST_TEST(in_ram("-r '/**/d/*'") == "d/f d/g");
  BOOST_TEST(in_ram("-r '[f-g]'") == "f g d/f d/g");
  BOOST_TEST(in_ram("-r '{f,d/g}'") == "f d/g");
}

BOOST_AUTO_TEST_CASE(patterns_start_in_the_working_folder) {
  BOOST_TEST(in_ram("-r d/f") == "d/f");
  BOOST_TEST(in_ram("-r ./g") == "g");
  BOOST_TEST(in_ram("-r f -x d/f -c ../rules.json") == "f");
}

BOOST_AUTO_TEST_CASE(x_comes_before_r_wherever_it_stands) {
  BOOST_TEST(in_ram("-x g -r '*'") == "f d/f");
  BOOST_TEST(in_ram("-r '*' -x g") == "f d/f");
}

BOOST_AUTO_TEST_CASE(both_come_before_the_configs_rules) {
  BOOST_TEST(in_ram("-c ../rules.json -r g") == "f g d/f d/g");
  BOOST_TEST(in_ram("-c ../rules.json -x d/f") == "f");
  BOOST_TEST(in_ram("-c ../rules.json") == "f d/f");
}

BOOST_AUTO_TEST_CASE(with_r_and_no_c_no_config_is_looked_for) {
  BOOST_TEST(in_ram("-r g", "export MEMFILE_CONFIG=/nonexistent") == "g d/g");
  BOOST_TEST(in_ram("-r g", "echo nonsense >.memfile.json") == "g d/g");
}

BOOST_AUTO_TEST_CASE(with_x_alone_one_is_looked_for) {
  BOOST_TEST(in_ram("-x d/f", "export MEMFILE_CONFIG=../rules.json") == "f");
}

BOOST_AUTO_TEST_CASE(children_have_them_too) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::plain, launcher_word() + " -r f sh -c 'mkdir d; cd d; sh -c \"echo >f\"'") == Outcome{});
  BOOST_TEST(sandbox.is_memfile("d/f"));
}

BOOST_AUTO_TEST_CASE(they_need_a_store_to_be_left_in) {
  const Sandbox sandbox(R"({"version": 1, "store": "/nonexistent", "rules": []})");
  const Outcome outcome = sandbox.run(Way::plain, launcher_word() + " -c ../rules.json -r f touch started");
  BOOST_TEST(outcome.exit_code == 2);
  BOOST_TEST(holds(outcome.output, "there can be no store below /nonexistent"), outcome);
  BOOST_TEST(!std::filesystem::exists(sandbox.folder() / "started"));
}

BOOST_AUTO_TEST_SUITE_END()
