// What the launcher and the library take from the environment, and what they leave in it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::string run = launcher_word() + " -c ../rules.json ";

std::string preloaded_by_launcher(const Sandbox& sandbox) {
  std::string word = sandbox.run(Way::launcher, "printf %s \"$LD_PRELOAD\"", {"LD_PRELOAD="}).output;
  BOOST_TEST_REQUIRE(word.ends_with(".so"));
  return word;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(surroundings)

BOOST_DATA_TEST_CASE(the_library_is_put_before_what_is_preloaded,
                     data::make({"libm.so.6", "libm.so.6:librt.so.1", "libm.so.6 librt.so.1", " libm.so.6:"}), others) {
  const Sandbox sandbox;
  const std::string own = preloaded_by_launcher(sandbox);
  const std::string variable = "LD_PRELOAD=" + std::string(others);
  BOOST_TEST(sandbox.run(Way::launcher, "printf %s \"$LD_PRELOAD\"", {variable}).output == own + ":" + others);
  const std::string loaded =
      "grep -c -e libmemfile_preload.so -e libm.so.6 /proc/self/maps >/dev/null && "
      "grep -o -e libmemfile_preload.so -e libm.so.6 /proc/self/maps | sort -u";
  BOOST_TEST(sandbox.run(Way::launcher, loaded, {variable}).output == "libm.so.6\nlibmemfile_preload.so\n");
}

BOOST_AUTO_TEST_CASE(the_library_is_named_once_however_often_it_is_launched) {
  const Sandbox sandbox;
  const std::string own = preloaded_by_launcher(sandbox);
  BOOST_TEST(sandbox.run(Way::launcher, run + run + "sh -c 'printf %s \"$LD_PRELOAD\"'", {"LD_PRELOAD="}).output ==
             own);
}

BOOST_DATA_TEST_CASE(the_library_works_in_every_folder, data::make({"plain", "two words", "a:b c", "tab\there", "a'b"}),
                     name) {
  const Tools tools(name);
  const Sandbox sandbox;
  const Outcome outcome =
      sandbox.run(Way::plain, tools.launcher_word() + " -c ../rules.json sh -c 'sh -c \"echo >f\"; echo ran'");
  BOOST_TEST(outcome == (Outcome{0, "ran\n"}));
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_CASE(a_library_that_is_missing_is_missed) {
  const Tools tools;
  const Sandbox sandbox;
  std::filesystem::remove(tools.library());
  const Outcome outcome = sandbox.run(Way::plain, tools.launcher_word() + " -c ../rules.json echo ran");
  BOOST_TEST(outcome.exit_code == 2);
  BOOST_TEST(holds(outcome.output, "libmemfile_preload.so is not where it belongs"), outcome);
}

BOOST_DATA_TEST_CASE(children_in_another_folder_have_the_same_config, data::make(preloaded_ways), way) {
  const Sandbox sandbox;
  const std::string show = "mkdir d; cd d; sh -c 'echo >f'; printf %s \"$MEMFILE_CONFIG\"";
  const std::string command = way == Way::launcher ? run + "sh -c " + quoted(show)
                                                   : "LD_PRELOAD=" + preloaded_by_launcher(sandbox) +
                                                         " MEMFILE_CONFIG=../rules.json sh -c " + quoted(show);
  BOOST_TEST(sandbox.run(Way::plain, command) == (Outcome{0, sandbox.rules_file().string()}));
  BOOST_TEST(sandbox.is_memfile("d/f"));
}

BOOST_AUTO_TEST_CASE(the_launcher_finds_the_working_folders_config) {
  const Sandbox sandbox;
  sandbox.write(".memfile.json", R"({"version": 1, "rules": [{"match": "f"}]})");
  BOOST_TEST(sandbox.run(Way::plain, launcher_word() + " sh -c 'echo >f'; " + launcher_word() + " sh -c 'echo >g'") ==
             Outcome{});
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(!sandbox.is_memfile("g"));
}

BOOST_DATA_TEST_CASE(memfile_0_turns_the_library_off, data::make(preloaded_ways), way) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(way, "echo >f", {"MEMFILE=0"}) == Outcome{});
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "\n");
}

BOOST_DATA_TEST_CASE(the_log_has_a_line_for_each_decision, data::make(preloaded_ways), way) {
  const Sandbox sandbox(
      R"({"version": 1, "base": "@", "rules": [{"match": "*.d", "action": "disk"}, {"match": ["f", "*.d"]}]})");
  const std::string command = "echo $$; : >f; : >a.d; : >other";
  const std::string log = sandbox.run(way, command, {"MEMFILE_LOG=stderr"}).output;
  const std::string pid = log.substr(0, log.find('\n'));
  BOOST_TEST(holds(log, "\nmemfile: " + pid + " open"), log);
  BOOST_TEST(holds(log, " f -> ram (rule 2)\n"), log);
  BOOST_TEST(holds(log, " a.d -> disk (rule 1)\n"), log);
  BOOST_TEST(!holds(log, "other"), log);
}

BOOST_AUTO_TEST_CASE(the_log_goes_to_a_file) {
  const Sandbox sandbox;
  const std::string file = (sandbox.folder().parent_path() / "the log").string();
  BOOST_TEST(sandbox.run(Way::launcher, ": >f", {"MEMFILE_LOG=" + file}) == Outcome{});
  BOOST_TEST(holds(sandbox.read("../the log"), " f -> ram (rule 1)\n"));
}

BOOST_AUTO_TEST_CASE(a_log_that_goes_nowhere_is_said) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::launcher, ": >f", {"MEMFILE_LOG=log"}).output ==
             "memfile: MEMFILE_LOG is neither \"stderr\" nor an absolute path: nothing is logged\n");
}

BOOST_AUTO_TEST_SUITE_END()
