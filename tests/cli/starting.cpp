// The launcher: the program runs as if it had been started by itself.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::string run = launcher_word() + " -c ../rules.json ";

}  // namespace

BOOST_AUTO_TEST_SUITE(starting)

BOOST_DATA_TEST_CASE(the_exit_code_is_the_programs, data::make({0, 1, 7, 255}), code) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::launcher, "exit " + std::to_string(code)).exit_code == code);
}

BOOST_DATA_TEST_CASE(a_signal_that_ends_the_program_ends_the_launcher, data::make({"TERM", "INT", "KILL"}), signal) {
  const Sandbox sandbox;
  const std::string command = "kill -s " + std::string(signal) + " $$";
  BOOST_TEST(sandbox.run(Way::launcher, command) == sandbox.run(Way::plain, command));
}

BOOST_AUTO_TEST_CASE(a_signal_to_the_launcher_reaches_the_program) {
  const Sandbox sandbox;
  const std::string program = "trap \"echo caught; exit 3\" USR1; echo >ready; while :; do sleep 0.02; done";
  const Outcome outcome = sandbox.run(Way::plain, run + "sh -c '" + program +
                                                      "' & while ! [ -e ready ]; do sleep 0.02; done; kill -USR1 $!; "
                                                      "wait $!; echo $?");
  BOOST_TEST(outcome.output == "caught\n3\n");
}

BOOST_AUTO_TEST_CASE(the_program_takes_the_launchers_place) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.run(Way::plain, "echo $$; exec " + run + "sh -c 'echo $$'");
  const std::string first = outcome.output.substr(0, outcome.output.find('\n') + 1);
  BOOST_TEST(outcome.output == first + first);
}

BOOST_DATA_TEST_CASE(words_after_the_program_are_its_own,
                     data::make({"-c x", "-- -r", "a -- b", "--help", "'[a,b]' '[c]'", "''", "run", "-h --version",
                                 "--on-exit", "-r '*'", "'two words' 'a\nb'"}),
                     words) {
  const Sandbox sandbox;
  const std::string program = "printf '<%s>' " + std::string(words);
  for (const char* mark : {"", "-- "}) {
    BOOST_TEST(sandbox.run(Way::plain, run + mark + program) == sandbox.run(Way::plain, "env -- " + program));
  }
}

BOOST_DATA_TEST_CASE(a_program_may_be_called_like_a_subcommand, data::make({"ls", "rm", "why", "check", "run"}), name) {
  const Sandbox sandbox;
  sandbox.run(Way::plain, "printf '#!/bin/sh\\necho own \"$@\"\\n' >" + std::string(name) + "; chmod +x *");
  BOOST_TEST(sandbox.run(Way::plain, "PATH=.:$PATH " + run + name + " --json").output == "own --json\n");
}

BOOST_DATA_TEST_CASE(options_are_read_in_every_spelling,
                     data::make({"-c ../rules.json", "-c../rules.json", "--config ../rules.json",
                                 "--config=../rules.json", "-r x -c ../rules.json", "-c ../rules.json -x=y"}),
                     options) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.run(Way::plain, launcher_word() + " " + options + " sh -c 'echo >f'");
  BOOST_TEST(outcome == Outcome{});
  BOOST_TEST(sandbox.is_memfile("f"));
}

struct Refusal {
  std::string words;
  int exit_code;
  std::string says;
};
std::ostream& operator<<(std::ostream& stream, const Refusal& refusal) { return stream << refusal.words; }

const std::vector<Refusal> not_startable{
    {"nope", 127, "memfile: nope: there is no such command in PATH\n"},
    {"./nope", 127, "memfile: ./nope: there is no such file\n"},
    {"''", 127, "memfile: \"\": there is no such command in PATH\n"},
    {"-- -x", 127, "memfile: -x: there is no such command in PATH\n"},
    {"./folder", 126, "memfile: ./folder: it is a folder\n"},
    {"./text", 126, "memfile: ./text: you may not execute it; if it is a program, chmod +x makes it one\n"},
    {"./text/x", 126, "memfile: ./text/x: Not a directory\n"},
    {"text", 126, "memfile: text: you may not execute it; if it is a program, chmod +x makes it one\n"},
    {"folder", 127, "memfile: folder: there is no such command in PATH\n"},
    {"./script", 126, "memfile: ./script: its interpreter ./text: Permission denied\n"},
    {"./orphan", 126, "memfile: ./orphan: its interpreter /nonexistent/sh: No such file or directory\n"},
    {"./loop", 126, "memfile: ./loop: its interpreter ./pool: Too many levels of symbolic links\n"},
};

BOOST_DATA_TEST_CASE(what_cannot_be_started_is_explained, data::make(not_startable), refusal) {
  const Sandbox sandbox;
  sandbox.run(Way::plain,
              "mkdir folder; echo >text; printf '#!/nonexistent/sh -e\\n' >orphan; chmod +x orphan; printf '#!%s\\n' "
              "./pool >loop; printf '#!./loop\\n' >pool; printf '#!./text\\n' >script; chmod +x loop pool script; "
              "mkdir shut; chmod 0 shut");
  // A folder that may not be entered hides nothing that stands in another one, and is no reason by itself.
  BOOST_TEST(sandbox.run(Way::plain, "PATH=$PWD/shut:$PATH:$PWD " + run + refusal.words) ==
             (Outcome{refusal.exit_code, refusal.says}));
}

const std::vector<Refusal> misused{
    {"", 2, "CMD is required"},
    {"--", 2, "CMD is required"},
    {"-r", 2, "--ram"},
    {"-c", 2, "--config"},
    {"-q touch started", 2, "-q"},
    {"--on-exit never touch started", 2, "--on-exit: never not in {keep,save,discard}"},
    {"-c '' touch started", 2, "the name of the config is empty"},
    {"touch started", 2, "no config: name one with -c"},
    {"-x a touch started", 2, "no config: name one with -c"},
    {"-r a/ touch started", 2, "-r \"a/\": "},
    {"-r 'a[' touch started", 2, "-r \"a[\": "},
    {"-x '!a' -r b touch started", 2, "-x \"!a\": "},
    {"--load -c ../rules.json touch started", 2, "--load is not done yet by this version"},
    {"--stats -c ../rules.json touch started", 2, "--stats is not done yet by this version"},
    {"--wait -c ../rules.json touch started", 2, "--wait is not done yet by this version"},
    {"--on-exit save -c ../rules.json touch started", 2, "--on-exit save is not done yet by this version"},
    {"--on-exit=discard -c ../rules.json touch started", 2, "--on-exit discard is not done yet by this version"},
};

BOOST_DATA_TEST_CASE(what_is_misused_or_not_done_yet_starts_nothing, data::make(misused), refusal) {
  const Sandbox sandbox;
  const Outcome outcome =
      sandbox.run(Way::plain, launcher_word() + " " + refusal.words, {"XDG_CONFIG_HOME=/nonexistent"});
  BOOST_TEST(outcome.exit_code == 2);
  BOOST_TEST(outcome.output.starts_with("memfile: "));
  BOOST_TEST(holds(outcome.output, refusal.says), outcome);
  BOOST_TEST(!std::filesystem::exists(sandbox.folder() / "started"));
}

BOOST_AUTO_TEST_CASE(on_exit_keep_is_what_happens) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::plain, run + "--on-exit keep sh -c 'echo >f'") == Outcome{});
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_CASE(what_a_config_asks_for_too_early_is_said_once_and_the_program_runs) {
  const Sandbox sandbox(
      R"({"version": 1, "base": "@", "rules": [{"match": "a", "on_exit": "save"}, {"match": "f", "existing": "load"}]})");
  const std::string command = "sh -c 'echo >f'; sh -c 'echo ran'";
  BOOST_TEST(sandbox.run(Way::launcher, command).output ==
             "memfile: on_exit and on_shutdown are not done yet by this version: memfiles stay in RAM until they are "
             "removed or the machine ends\n"
             "memfile: \"existing\": \"load\" is not done yet by this version: files that are on disk already stay "
             "there\nran\n");
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.run(Way::bare, command).output == "ran\n");
}

BOOST_AUTO_TEST_SUITE_END()
