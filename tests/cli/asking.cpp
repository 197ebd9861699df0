// memfile why, memfile check, and the help.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

namespace {

const std::string rules =
    "{\"version\": 1, \"base\": \"@\", \"rules\": [\n{\"match\": \"*.d\", \"action\": \"disk\"},\n{\"match\": "
    "[\"*.t\", "
    "\"/**/*.so\", \"/**/*.json\"], \"except\": \"k.t\"}]}";

std::string why(const Sandbox& sandbox, const std::string& path) {
  const Outcome outcome = ask(sandbox, "why -c ../rules.json " + quoted(path));
  BOOST_TEST_REQUIRE(outcome.exit_code == 0, outcome);
  return outcome.output;
}

// What `why` says, as it is for a path below the sandbox.
std::string answer(const Sandbox& sandbox, const std::string& name, const std::string& rule, const std::string& future,
                   const std::string& present) {
  return "path: " + (sandbox.folder() / name).string() + "\nrule: " + rule + "\nnew:  a file created here goes to " +
         future + "\nnow:  " + present + "\n";
}

std::string second_rule(const Sandbox& sandbox) {
  return "2 (" + sandbox.rules_file().string() + ":3), match *.t, /**/*.so, /**/*.json";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(asking)

BOOST_AUTO_TEST_CASE(why_names_the_rule_that_decides) {
  const Sandbox sandbox(rules);
  BOOST_TEST(why(sandbox, "a.t") == answer(sandbox, "a.t", second_rule(sandbox), "RAM", "nothing is there"));
  BOOST_TEST(why(sandbox, "./no/such/a.t") ==
             answer(sandbox, "no/such/a.t", second_rule(sandbox), "RAM", "nothing is there"));
  BOOST_TEST(why(sandbox, "a.d") == answer(sandbox, "a.d", "1 (" + sandbox.rules_file().string() + ":2), match *.d",
                                           "disk", "nothing is there"));
  BOOST_TEST(why(sandbox, "k.t") == answer(sandbox, "k.t", "none matches", "disk", "nothing is there"));
  BOOST_TEST(why(sandbox, "[a]") == answer(sandbox, "[a]", "none matches", "disk", "nothing is there"));
}

BOOST_AUTO_TEST_CASE(why_says_what_stands_there) {
  const Sandbox sandbox(rules);
  sandbox.run(Way::bare, "echo >m.t; echo >gone.t");
  const std::string gone = fs::read_symlink(sandbox.folder() / "gone.t").string();
  fs::remove(gone);
  sandbox.run(Way::plain, "echo >r.t; echo >r; mkdir d.t; ln -s /dev/shm/x l.t; mkfifo p.t");
  const auto present = [&](const std::string& name) {
    const std::string text = why(sandbox, name);
    return text.substr(text.find("now:  ") + 6);
  };
  BOOST_TEST(present("m.t") ==
             "a memfile; its bytes are in " + fs::read_symlink(sandbox.folder() / "m.t").string() + "\n");
  BOOST_TEST(present("gone.t") == "a dangling link; its RAM file " + gone + " is gone\n");
  BOOST_TEST(present("r.t") == "a regular file on disk, where it stays when it is written\n");
  BOOST_TEST(present("r") == "a regular file on disk\n");
  BOOST_TEST(present("d.t") == "a folder\n");
  BOOST_TEST(present("l.t") == "a symbolic link that is not memfile's\n");
  BOOST_TEST(present("p.t") == "a special file\n");
  BOOST_TEST(present("r/x.t") == "it cannot be looked at: Not a directory\n");
}

BOOST_AUTO_TEST_CASE(why_sees_a_link_as_a_link_when_preloaded) {
  const Sandbox sandbox(rules);
  sandbox.run(Way::bare, "echo >m.t");
  sandbox.run(Way::plain, "ln -s m.t l.t");
  for (const char* name : {"m.t", "l.t"}) {
    BOOST_TEST(sandbox.run(Way::bare, memfile_word() + " why -c ../rules.json " + name).output == why(sandbox, name));
  }
}

BOOST_AUTO_TEST_CASE(why_follows_the_folder_where_the_spelling_says_nothing) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "real/*"}]})");
  sandbox.run(Way::plain, "mkdir -p real/sub; ln -s real alias");
  for (const char* path : {"alias/a", "real/sub/../a", "alias/sub/../a"}) {
    BOOST_TEST(why(sandbox, path) == answer(sandbox, "real/a",
                                            "1 (" + sandbox.rules_file().string() + ":1), match real/*", "RAM",
                                            "nothing is there"));
  }
}

BOOST_AUTO_TEST_CASE(why_names_paths_that_are_never_redirected) {
  const Sandbox sandbox(R"({"version": 1, "rules": [{"match": "/**"}]})");
  const auto rule = [&](const std::string& path) {
    const std::string text = why(sandbox, path);
    const std::size_t at = text.find("rule: ");
    BOOST_TEST(holds(text, "new:  a file created here goes to disk\n"), text);
    return text.substr(at + 6, text.find('\n', at) - at - 6);
  };
  const std::string system = "none: what is below /dev, /proc and /sys is never redirected";
  BOOST_TEST(rule("/dev/x") == system);
  BOOST_TEST(rule("/proc/x") == system);
  BOOST_TEST(rule("/sys/x") == system);
  BOOST_TEST(rule("/dev/shm/x") == system);
  const std::string store = "none: a store is never redirected into itself";
  BOOST_TEST(rule(own_store().string() + "/x") == store);
  BOOST_TEST(rule("/dev/shm/memfile-99/x") == store);
  BOOST_TEST(rule("/dev/shm/memfile/99/x") == store);
  BOOST_TEST(rule("../rules.json") == "none: the config itself is never redirected");
  BOOST_TEST(rule((library_folder() / "libmemfile_preload.so").string()) ==
             "none: the library itself is never redirected");
  BOOST_TEST(rule("/tmp/a.db-mj0123AB9CD") == "none: a journal of several databases is never redirected");
}

BOOST_AUTO_TEST_CASE(why_agrees_with_the_library) {
  const Sandbox sandbox(
      R"({"version": 1, "base": "@", "store": "@/../ram", "reserve": 0, "rules": [{"match": "/**"}]})");
  fs::create_directory(sandbox.folder().parent_path() / "ram");
  sandbox.run(Way::plain, "mkdir -p ../ram/memfile-9 ../ram/memfile-notes; mkdir sub; ln -s sub alias; ln -s .. up");
  for (const char* path :
       {"a", "sub/../b", "alias/c", "../ram/memfile-9/d", "../ram/memfile-notes/e", "up/f", "/proc/self/cwd/g"}) {
    const bool says_ram = holds(why(sandbox, path), "goes to RAM");
    sandbox.run(Way::bare, ": >" + std::string(path));
    BOOST_TEST(fs::is_symlink(fs::symlink_status(path[0] == '/' ? sandbox.folder() / "g" : sandbox.folder() / path)) ==
                   says_ram,
               path);
  }
}

BOOST_DATA_TEST_CASE(why_tells_that_a_companion_follows_its_database, data::make({"-wal", "-shm", "-journal"}),
                     suffix) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "a.db*"}]})");
  const std::string name = std::string("a.db") + suffix;
  const std::string rule = "1 (" + sandbox.rules_file().string() + ":1), match a.db*";
  BOOST_TEST(why(sandbox, name) == answer(sandbox, name, rule, "RAM", "nothing is there"));
  sandbox.run(Way::bare, "echo >a.db");
  BOOST_TEST(why(sandbox, name) == answer(sandbox, name, rule, "RAM", "nothing is there"));
  sandbox.run(Way::bare, "rm a.db");
  sandbox.run(Way::plain, "echo >a.db");
  BOOST_TEST(why(sandbox, name) ==
             answer(sandbox, name, rule, "disk: the database that it is a companion of is there", "nothing is there"));
}

BOOST_AUTO_TEST_CASE(why_tells_of_existing_and_transparent) {
  const Sandbox sandbox(
      R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "f", "existing": "load"}]})");
  sandbox.write("f", "x");
  BOOST_TEST(why(sandbox, "f") ==
             answer(sandbox, "f", "1 (" + sandbox.rules_file().string() + ":1), match f",
                    "RAM; programs see its link (\"transparent\": false)",
                    "a regular file on disk, where it stays: \"existing\": \"load\" is not done yet by this version"));
}

BOOST_AUTO_TEST_CASE(why_tells_of_a_store_that_takes_nothing) {
  const auto future = [](const std::string& store, const std::string& more) {
    const Sandbox sandbox(R"({"version": 1, "base": "@", "store": ")" + store + "\"" + more +
                          R"(, "rules": [{"match": "f"}]})");
    const std::string text = why(sandbox, "f");
    return text.substr(text.find("new: "), text.find("\nnow: ") - text.find("new: "));
  };
  BOOST_TEST(future("/nonexistent", "") ==
             "new:  a file created here would go to RAM, but goes to disk: /nonexistent: No such file or directory");
  const std::string full = future("/dev/shm", ", \"reserve\": \"1000T\"");
  BOOST_TEST(full == "new:  a file created here would go to RAM, but goes to disk: " + own_store().string() +
                         " has no room beyond its reserve");
}

BOOST_AUTO_TEST_CASE(check_says_what_a_config_means) {
  const Sandbox sandbox(
      "// a comment\n{\"version\": 1, \"base\": \"@\", \"reserve\": \"1M\", \"rules\": [\n{\"match\": \"*.d\", "
      "\"action\": "
      "\"disk\"},\n{\"match\": [\"*.t\", \"c/**\"], \"except\": \"c/k/**\"}]}");
  const std::string folder = sandbox.folder().string();
  const std::string meaning = sandbox.rules_file().string() + ": 2 rules\nbase: " + folder +
                              "\nstore: /dev/shm, leaving free 1048576 bytes\nprograms see: regular files\n"
                              "rule 1 (line 3): disk  " +
                              folder + "/**/*.d\nrule 2 (line 4): ram   " + folder + "/**/*.t  " + folder +
                              "/c/**  except " + folder + "/c/k/**\n";
  for (const char* arguments : {"check ../rules.json", "check -c ../rules.json", "check"}) {
    const Outcome outcome =
        sandbox.run(Way::plain, memfile_word() + " " + arguments, {"MEMFILE_CONFIG=" + sandbox.rules_file().string()});
    BOOST_TEST(outcome == (Outcome{0, meaning}));
  }
}

BOOST_AUTO_TEST_CASE(check_says_what_is_not_done_yet) {
  const Sandbox sandbox(
      R"({"version": 1, "transparent": false, "rules": [{"match": "f", "existing": "load", "on_exit": "save"}]})");
  const std::string text = ask(sandbox, "check ../rules.json").output;
  BOOST_TEST(holds(text, "leaving free the smaller of 64 MiB and an eighth of it\n"), text);
  BOOST_TEST(holds(text, "programs see: the links (\"transparent\": false)\n"), text);
  BOOST_TEST(holds(text, "/f  existing load  on_exit save  on_shutdown save\n"), text);
  BOOST_TEST(holds(text, "note: on_exit and on_shutdown are not done yet"), text);
  BOOST_TEST(holds(text, "note: \"existing\": \"load\" is not done yet"), text);
}

BOOST_DATA_TEST_CASE(every_command_has_help, data::make({"", "run", "ls", "rm", "why", "check"}), name) {
  const Sandbox sandbox;
  const Outcome outcome = ask(sandbox, std::string(name) + " --help");
  BOOST_TEST(outcome.exit_code == 0);
  BOOST_TEST(holds(outcome.output, "Usage: memfile " + std::string(name)), outcome);
  std::size_t longest = 0;
  for (std::size_t at = 0, end = 0; (end = outcome.output.find('\n', at)) != std::string::npos; at = end + 1) {
    longest = std::max(longest, end - at);
  }
  BOOST_TEST(longest <= 100U);
}

BOOST_AUTO_TEST_CASE(the_launchers_help_is_that_of_run) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::plain, launcher_word() + " --help") == ask(sandbox, "run --help"));
}

BOOST_DATA_TEST_CASE(wrong_usage_is_explained_in_a_line,
                     data::make({"", "frob", "chekc", "--frob", "ls --frob", "ls a", "rm", "rm -q a", "why", "why a b",
                                 "check a b"}),
                     arguments) {
  const Sandbox sandbox;
  const Outcome outcome = ask(sandbox, arguments);
  BOOST_TEST(outcome.exit_code == 2);
  BOOST_TEST(outcome.output.starts_with("memfile: "), outcome);
  BOOST_TEST(outcome.output.find('\n') == outcome.output.size() - 1);
}

BOOST_AUTO_TEST_SUITE_END()
