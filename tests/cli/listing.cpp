// memfile ls and memfile rm.
#include <ctime>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

// The entries of `ls --json` for what is below the sandbox.
Json entries(const Sandbox& sandbox, const std::string& folder = "") {
  const Outcome outcome = ask(sandbox, "ls --json");
  BOOST_TEST_REQUIRE(outcome.exit_code == 0, outcome);
  Json found = Json::array();
  const std::string below = folder.empty() ? sandbox.folder().parent_path().string() : folder;
  for (const Json& entry : Json::parse(outcome.output)) {
    if (entry["path"].get<std::string>().starts_with(below + "/")) found.push_back(entry);
  }
  return found;
}

Json only_entry(const Sandbox& sandbox) {
  const Json found = entries(sandbox);
  BOOST_TEST_REQUIRE(found.size() == 1U, found.dump());
  return found[0];
}

// The lines of `ls` about this sandbox.
std::string lines(const Sandbox& sandbox, Way way = Way::plain) {
  return sandbox.run(way, memfile_word() + " ls | grep -a -F " + quoted(sandbox.folder().string())).output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listing)

BOOST_AUTO_TEST_CASE(an_entry_has_these_fields) {
  const Sandbox sandbox;
  const std::time_t before = std::time(nullptr);
  sandbox.run(Way::bare, "printf 12345 >f");
  const Json entry = only_entry(sandbox);
  BOOST_TEST(entry.size() == 7U);
  BOOST_TEST(entry["path"] == (sandbox.folder() / "f").string());
  BOOST_TEST(entry["ram"] == fs::read_symlink(sandbox.folder() / "f").string());
  BOOST_TEST(entry["size"] == 5);
  BOOST_TEST(entry["mtime"].get<std::time_t>() >= before - 1);
  BOOST_TEST(entry["mtime"].get<std::time_t>() <= std::time(nullptr));
  BOOST_TEST(entry["state"] == "linked");
  BOOST_TEST(entry["rule"] == sandbox.rules_file().string() + ":1");
  BOOST_TEST(entry["pids"] == Json::array());
}

BOOST_AUTO_TEST_CASE(who_has_it_open_is_listed) {
  const Sandbox sandbox;
  const std::string command =
      "exec 3>f 4<f; sh -c 'echo $PPID >pid; exec sleep 5' 5<f & while ! [ -s pid ]; do sleep 0.02; done; "
      "LD_PRELOAD= " +
      memfile_word() + " ls --json >../list 3>&- 4<&-; cat pid; echo $!; kill $!";
  const std::string output = sandbox.run(Way::bare, command, {"XDG_CONFIG_HOME=/nonexistent"}).output;
  const int shell = std::stoi(output);
  const int child = std::stoi(output.substr(output.find('\n')));
  for (const Json& entry : Json::parse(sandbox.read("../list"))) {
    if (entry["path"] != (sandbox.folder() / "f").string()) continue;
    std::vector<int> pids{shell, child};
    std::sort(pids.begin(), pids.end());
    BOOST_TEST(entry["pids"] == Json(pids), entry.dump());
    return;
  }
  BOOST_ERROR("f is not listed");
}

BOOST_AUTO_TEST_CASE(an_orphan_is_told_from_a_memfile) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f");
  const std::string ram = fs::read_symlink(sandbox.folder() / "f").string();
  fs::remove(sandbox.folder() / "f");
  BOOST_TEST(only_entry(sandbox)["state"] == "orphan");
  BOOST_TEST(lines(sandbox) == "           1  orphan    " + (sandbox.folder() / "f").string() + "  " + ram + "\n");
}

BOOST_AUTO_TEST_CASE(a_memfile_that_was_renamed_from_outside_is_none) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f; echo >g; mkdir d; mv g d/h");
  fs::rename(sandbox.folder() / "f", sandbox.folder() / "new");
  fs::rename(sandbox.folder() / "d/h", sandbox.folder() / "d/new");
  for (const Json& entry : entries(sandbox)) {
    BOOST_TEST(entry["state"] == "linked");
    BOOST_TEST(entry["path"].get<std::string>().ends_with("/new"), entry.dump());
  }
  BOOST_TEST(entries(sandbox).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_memfile_whose_folder_was_renamed_is_moved) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "mkdir d; echo >d/f");
  fs::rename(sandbox.folder() / "d", sandbox.folder() / "e");
  BOOST_TEST(only_entry(sandbox)["state"] == "moved");
}

BOOST_AUTO_TEST_CASE(what_is_renamed_out_of_the_rules_while_open_is_owed) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "f"}]})");
  sandbox.run(Way::bare, "exec 3>f; mv f g; echo text >&3");
  const Json entry = only_entry(sandbox);
  BOOST_TEST(entry["path"] == (sandbox.folder() / "g").string());
  BOOST_TEST(entry["state"] == "owed");
  BOOST_TEST(entry["rule"] == nullptr);
  BOOST_TEST(lines(sandbox) == "           5  owed      " + (sandbox.folder() / "g").string() + "\n");
}

struct Lost {
  std::string make;  // leaves a memfile
  std::string name;
};
std::ostream& operator<<(std::ostream& stream, const Lost& lost) { return stream << lost.make; }

BOOST_DATA_TEST_CASE(a_link_whose_ram_file_is_gone_dangles,
                     data::make({Lost{"echo >f", "f"}, Lost{"echo >f; mv f g", "g"},
                                 Lost{"mkdir d; echo >f; mv f d/g", "d/g"},
                                 Lost{"n=$(printf %0200d 1); echo >$n; mv $n d", "d"}}),
                     lost) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, lost.make);
  const std::string ram = fs::read_symlink(sandbox.folder() / lost.name).string();
  fs::remove(ram);
  const Json entry = only_entry(sandbox);
  BOOST_TEST(entry["path"] == (sandbox.folder() / lost.name).string());
  BOOST_TEST(entry["ram"] == ram);
  BOOST_TEST(entry["state"] == "dangling");
  BOOST_TEST(entry["size"] == 0);
  BOOST_TEST(entry["pids"] == Json::array());
  BOOST_TEST(lines(sandbox) ==
             "           0  dangling  " + (sandbox.folder() / lost.name).string() + "  " + ram + "\n");
  BOOST_TEST(holds(ask(sandbox, "ls").output, " dangling link"));
}

// They may lead anywhere, to another user's store or to none.
BOOST_AUTO_TEST_CASE(links_of_others_are_not_listed) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f");
  sandbox.run(Way::plain, "ln -s nowhere a; ln -s /dev/shm/memfile-54321/abcdefghijklmn/x b");
  BOOST_TEST(only_entry(sandbox)["state"] == "linked");
}

BOOST_AUTO_TEST_CASE(the_rule_is_the_first_that_puts_it_into_ram) {
  const Sandbox sandbox(
      "{\"version\": 1, \"base\": \"@\", \"rules\": [\n{\"match\": \"*.d\", \"action\": \"disk\"},\n{\"match\": "
      "\"g\"},\n{\"match\": [\"f\", \"g\"]}]}");
  sandbox.run(Way::bare, "echo >f");
  BOOST_TEST(only_entry(sandbox)["rule"] == sandbox.rules_file().string() + ":4");
}

BOOST_AUTO_TEST_CASE(the_rule_of_an_option_stands_in_what_the_launcher_left) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::plain, launcher_word() + " -x z -r f sh -c 'echo >f'") == Outcome{});
  const std::string rule = only_entry(sandbox)["rule"];
  const std::string file = rule.substr(0, rule.rfind(':'));
  BOOST_TEST(file.starts_with(own_store().string() + "/.config/"));
  const std::string text = ask(sandbox, "check " + quoted(file)).output;
  BOOST_TEST(holds(text, "rule 2 (line " + rule.substr(rule.rfind(':') + 1) + "): ram   " + sandbox.folder().string()),
             text);
}

BOOST_AUTO_TEST_CASE(a_config_that_is_gone_gives_no_rule) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f");
  fs::remove(sandbox.rules_file());
  BOOST_TEST(only_entry(sandbox)["rule"] == nullptr);
}

BOOST_AUTO_TEST_CASE(names_do_not_garble_the_list) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >\"$(printf 'a\\nb\\033[31m\\\\ \\302\\233\\377 \\303\\244')\"");
  BOOST_TEST(lines(sandbox) ==
             "           1  linked    " + sandbox.folder().string() + "/a\\nb\\x1b[31m\\\\ \\xc2\\x9b\\xff \xc3\xa4\n");
  BOOST_TEST(holds(only_entry(sandbox)["path"].get<std::string>(), "/a\nb\x1b[31m\\ "));
}

BOOST_AUTO_TEST_CASE(it_is_the_same_when_preloaded) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f; echo >g");
  fs::remove(sandbox.folder() / "g");
  const std::string plain = lines(sandbox);
  BOOST_TEST(holds(plain, "linked"));
  BOOST_TEST(lines(sandbox, Way::bare) == plain);
  BOOST_TEST(sandbox.run(Way::bare, memfile_word() + " ls >/dev/null", {"MEMFILE_LOG=stderr"}).output == "");
}

BOOST_AUTO_TEST_CASE(another_store_is_the_configs) {
  const Sandbox sandbox;
  const fs::path store = sandbox.folder().parent_path() / "store";
  fs::create_directory(store);
  sandbox.set_rules(R"({"version": 1, "base": "@", "store": ")" + store.string() +
                    R"(", "reserve": 0, "rules": [{"match": "f"}]})");
  BOOST_TEST(sandbox.run(Way::bare, "echo >f") == Outcome{});
  BOOST_TEST(holds(ask(sandbox, "ls -c ../rules.json").output, "  linked    " + (sandbox.folder() / "f").string()));
  BOOST_TEST(!holds(ask(sandbox, "ls").output, sandbox.folder().string()));
}

BOOST_AUTO_TEST_CASE(a_list_that_cannot_be_written_is_not_done) {
  const Sandbox sandbox;
  BOOST_TEST(ask(sandbox, "ls >/dev/full").exit_code == 1);
  BOOST_TEST(ask(sandbox, "ls --json >/dev/full").exit_code == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(removing)

BOOST_DATA_TEST_CASE(link_and_ram_file_go, data::make({Way::plain, Way::bare}), way) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f; mkdir d; echo >'d/[x]'; echo >x; echo >-y");
  BOOST_TEST(sandbox.ram_files().size() == 4U);
  BOOST_TEST(sandbox.run(way, memfile_word() + " rm f 'd/[x]' x -- -y") == Outcome{});
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(sandbox.run(Way::plain, "find -not -type d").output.empty());
}

struct Refused {
  std::string make;
  std::string says;
};
std::ostream& operator<<(std::ostream& stream, const Refused& refused) { return stream << refused.make; }

const std::vector<Refused> no_memfiles{
    {"echo kept >x", "it is not a memfile; rm is for anything else"},
    {"ln -s target x", "it is not a memfile; rm is for anything else"},
    {"ln -s /dev/shm/nothing x", "it is not a memfile; rm is for anything else"},
    {"ln -s /dev/shm/memfile-1/abcdefghijklmn/../x x", "it is not a memfile; rm is for anything else"},
    {"mkdir x", "it is not a memfile; rm is for anything else"},
    {"mkfifo x", "it is not a memfile; rm is for anything else"},
    {"true", "there is no such file"},
};

BOOST_DATA_TEST_CASE(what_is_no_memfile_is_refused_and_left,
                     data::make(no_memfiles) * data::make({Way::plain, Way::bare}), refused, way) {
  const Sandbox sandbox;
  sandbox.run(Way::plain, refused.make);
  const Outcome before = sandbox.run(Way::plain, "ls -lid x 2>/dev/null");
  BOOST_TEST(sandbox.run(way, memfile_word() + " rm x") == (Outcome{1, "memfile: x: " + refused.says + "\n"}));
  BOOST_TEST(sandbox.run(Way::plain, "ls -lid x 2>/dev/null") == before);
}

BOOST_AUTO_TEST_CASE(one_refusal_keeps_nothing_from_going) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f; echo >g");
  BOOST_TEST(ask(sandbox, "rm f 'no\nfile' g") == (Outcome{1, "memfile: no\\nfile: there is no such file\n"}));
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(a_dangling_link_goes) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f");
  fs::remove(fs::read_symlink(sandbox.folder() / "f"));
  BOOST_TEST(ask(sandbox, "rm f") == Outcome{});
  BOOST_TEST(!fs::is_symlink(sandbox.folder() / "f"));
}

BOOST_AUTO_TEST_CASE(a_copied_link_goes_without_the_ram_file) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo >f");
  sandbox.run(Way::plain, "cp -P f copy");
  const Outcome outcome = ask(sandbox, "rm copy");
  BOOST_TEST(outcome.exit_code == 1);
  BOOST_TEST(holds(outcome.output, "its link is removed; its RAM file is still led to from elsewhere"), outcome);
  BOOST_TEST(!fs::is_symlink(sandbox.folder() / "copy"));
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_SUITE_END()
