// A config that is wrong: the launcher refuses to start; a bare LD_PRELOAD says one line, and the program runs on disk.
// The reader's own tests have every mistake; here is one of each class, from the file to the user.
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

struct Mistake {
  std::string text;   // of the config
  std::string place;  // what follows its name: ":LINE:COLUMN: KEY: "
  std::string says;   // part of what follows
};
std::ostream& operator<<(std::ostream& stream, const Mistake& mistake) {
  return stream << mistake.text.substr(0, 80) << " " << mistake.place << mistake.says;
}

std::string with_rule(const std::string& rule) { return "{\"version\": 1,\n\"rules\": [" + rule + "]}"; }

const std::vector<Mistake> mistakes{
    {"", ":1:1: ", "the config is empty"},
    {"rules", ":1:1: ", "not JSON"},
    {"{\"version\": 1,\n \"rules\": [}", ":2:12: rules: ", "not JSON"},
    {"{\"version\": 1,\n}", ":1:14: version: ", "nothing follows this comma"},
    {"[]", ":1:1: ", "expected an object"},
    {"{}", ":1:1: version: ", "write \"version\": 1"},
    {"{\n \"version\": 2}", ":2:13: version: ", "only version 1"},
    {"{\"version\": \"1\"}", ":1:13: version: ", "found a string"},
    {R"({"version": 1, "base": 7})", ":1:24: base: ", "found a number"},
    {R"({"version": 1, "store": true})", ":1:25: store: ", "found true or false"},
    {R"({"version": 1, "transparent": 0})", ":1:31: transparent: ", "found a number"},
    {R"({"version": 1, "reserve": []})", ":1:27: reserve: ", "found a list"},
    {R"({"version": 1, "reserve": "64MB"})", ":1:27: reserve: ", "is no size"},
    {R"({"version": 1, "rules": {}})", ":1:25: rules: ", "found an object"},
    {with_rule(R"("a")"), ":2:11: rules[0]: ", "found a string"},
    {with_rule(R"({"match": null})"), ":2:21: rules[0].match: ", "found null"},
    {with_rule(R"({"match": "a", "except": 1})"), ":2:36: rules[0].except: ", "found a number"},
    {with_rule(R"({"match": "a", "action": 1})"), ":2:36: rules[0].action: ", "one of \"ram\", \"disk\""},
    {with_rule(R"({"match": "a", "existing": 1})"), ":2:38: rules[0].existing: ", "\"leave\", \"load\""},
    {with_rule(R"({"match": "a", "on_exit": "sav"})"), ":2:37: rules[0].on_exit: ", "did you mean \"save\"?"},
    {with_rule(R"({"match": "a", "on_shutdown": 1})"), ":2:41: rules[0].on_shutdown: ", "\"keep\""},
    {"{\"version\": 1,\n  \"transparnet\": true}", ":2:3: transparnet: ", "did you mean \"transparent\"?"},
    {with_rule("{\"match\": \"a\"},\n  {\"mach\": \"b\"}"), ":3:4: rules[1].mach: ", "did you mean \"match\"?"},
    {"{\"version\": 1, \"a\\nb\": 1}", ":1:16: a\\nb: ", "unknown key"},
    {"{\"version\": 1,\n \"version\": 1}", ":2:2: version: ", "stands twice"},
    {with_rule("{\"match\": [\"a\",\n \"b[\"]}"), ":3:2: rules[0].match[1]: ", "byte 2 of the pattern"},
    {with_rule(R"({"match": "a/"})"), ":2:21: rules[0].match: ", "write \"a/**\""},
    {std::string(static_cast<std::size_t>(17) << 20U, ' '), ": ", "larger than 16 MiB"},
};

// Writes a file in two processes below the first one, then says so.
const std::string command = "sh -c 'echo one >f'; sh -c 'sh -c \"cat f\"'; echo done; exit 5";

void check_launcher(const Sandbox& sandbox, const std::string& beginning, const std::string& says) {
  const Outcome outcome = sandbox.run(Way::launcher, command);
  BOOST_TEST(outcome.exit_code == 2);
  BOOST_TEST(outcome.output.starts_with(beginning), outcome);
  BOOST_TEST(holds(outcome.output, says), outcome);
  BOOST_TEST(outcome.output.find('\n') == outcome.output.size() - 1);
  BOOST_TEST(!std::filesystem::exists(sandbox.folder() / "f"));
}

void check_bare(const Sandbox& sandbox, const std::string& beginning, const std::string& says) {
  const Outcome outcome = sandbox.run(Way::bare, command);
  const std::string first = outcome.output.substr(0, outcome.output.find('\n') + 1);
  BOOST_TEST(outcome == (Outcome{5, first + "one\ndone\n"}));
  BOOST_TEST(first.starts_with(beginning), first);
  BOOST_TEST(holds(first, says), first);
  BOOST_TEST(first.ends_with(": all files stay on disk\n"), first);
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")));
}

void check_both(const Sandbox& sandbox, const std::string& place, const std::string& says) {
  const std::string beginning = "memfile: " + sandbox.rules_file().string() + place;
  check_launcher(sandbox, beginning, says);
  check_bare(sandbox, beginning, says);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bad_configs)

BOOST_DATA_TEST_CASE(a_mistake_is_named_with_its_place, data::make(mistakes), mistake) {
  const Sandbox sandbox(mistake.text);
  check_both(sandbox, mistake.place, mistake.says);
}

BOOST_AUTO_TEST_CASE(a_config_that_is_missing_is_named) {
  const Sandbox sandbox;
  std::filesystem::remove(sandbox.rules_file());
  check_both(sandbox, ": ", "there is no such file");
}

BOOST_AUTO_TEST_CASE(a_folder_is_no_config) {
  const Sandbox sandbox;
  std::filesystem::remove(sandbox.rules_file());
  std::filesystem::create_directory(sandbox.rules_file());
  check_both(sandbox, ": ", "it is a folder");
}

BOOST_AUTO_TEST_CASE(a_pipe_is_no_config_and_hangs_nobody) {
  const Sandbox sandbox;
  std::filesystem::remove(sandbox.rules_file());
  sandbox.run(Way::plain, "mkfifo ../rules.json");
  check_both(sandbox, ": ", "it is not a regular file");
}

// Root reads everything: then an ordinary user is asked.
BOOST_AUTO_TEST_CASE(a_config_that_may_not_be_read_is_named) {
  const Tools tools;
  const Sandbox sandbox;
  const std::string user = geteuid() == 0 ? "setpriv --reuid 12345 --regid 12345 --clear-groups " : "";
  const std::string config = tools.script("rules.json", "{\"version\": 1}").string();
  std::filesystem::permissions(config, std::filesystem::perms::none);
  const std::string message = "memfile: " + config + ": you may not read it; change its mode or name another config";
  BOOST_TEST(sandbox.run(Way::plain, "cd /; " + user + tools.launcher_word() + " -c " + config + " echo ran") ==
             (Outcome{2, message + "\n"}));
  BOOST_TEST(sandbox.run(Way::plain, "cd /; " + user + "env LD_PRELOAD=" + tools.library().string() +
                                         " MEMFILE_CONFIG=" + config + " sh -c 'sh -c true; echo ran'") ==
             (Outcome{0, message + ": all files stay on disk\nran\n"}));
}

BOOST_AUTO_TEST_CASE(a_bare_preload_without_a_config_says_so_once) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.run(Way::plain, command,
                                      {"LD_LIBRARY_PATH=" + library_folder().string(),
                                       "LD_PRELOAD=libmemfile_preload.so", "XDG_CONFIG_HOME=/nonexistent"});
  BOOST_TEST(outcome == (Outcome{5,
                                 "memfile: no config (MEMFILE_CONFIG, ~/.config/memfile/config.json, "
                                 "/etc/memfile/config.json): all files stay on disk\none\ndone\n"}));
}

BOOST_AUTO_TEST_CASE(a_config_with_a_strange_name_is_named_in_one_line) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.run(
      Way::plain, "sh -c 'echo ran'",
      {"LD_LIBRARY_PATH=" + library_folder().string(), "LD_PRELOAD=libmemfile_preload.so", "MEMFILE_CONFIG=/a\nb\x1b"});
  BOOST_TEST(outcome.output.starts_with("memfile: /a\\nb\\x1b: there is no such file"), outcome);
  BOOST_TEST(outcome.output.ends_with(": all files stay on disk\nran\n"), outcome);
}

BOOST_AUTO_TEST_CASE(other_commands_say_the_same) {
  const Sandbox sandbox(R"({"version": 1, "rule": []})");
  for (const char* arguments : {"check ../rules.json", "why -c ../rules.json f"}) {
    const Outcome outcome = ask(sandbox, arguments);
    BOOST_TEST(outcome.exit_code == 2);
    BOOST_TEST(outcome.output == "memfile: " + sandbox.rules_file().string() +
                                     ":1:16: rule: unknown key \"rule\"; did you mean \"rules\"?\n");
  }
}

BOOST_AUTO_TEST_CASE(ls_says_so_and_lists_the_default_store) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f");
  sandbox.set_rules("{}");
  const Outcome outcome = ask(sandbox, "ls -c ../rules.json");
  BOOST_TEST(outcome.exit_code == 2);
  BOOST_TEST(holds(outcome.output, "rules.json:1:1: version: "), outcome);
  BOOST_TEST(holds(outcome.output, "  linked    " + (sandbox.folder() / "f").string() + "\n"), outcome);
}

BOOST_AUTO_TEST_SUITE_END()
