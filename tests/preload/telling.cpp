// The log: a line for each file that a rule is about, and it says where the file is.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::string rules =
    R"({"version": 1, "base": "@", "rules": [{"match": "*.disk", "action": "disk"}, {"match": ["f*", "app.db*"]}]})";
const std::string no_room =
    R"({"version": 1, "base": "@", "reserve": "1000T", "rules": [{"match": "*.disk", "action": "disk"}, {"match": "f*"}]})";
const std::string no_store =
    R"({"version": 1, "base": "@", "store": "@/none", "rules": [{"match": "none"}, {"match": "f*"}]})";

// What the log says of the steps, without the words before the path.
std::string log_of(const Sandbox& sandbox, const std::string& steps) {
  const std::string log = (sandbox.folder().parent_path() / "log").string();
  std::filesystem::remove(log);
  const Outcome outcome = sandbox.run(Way::bare, "exec '" + probe().string() + "' " + steps, {"MEMFILE_LOG=" + log});
  BOOST_TEST_REQUIRE(outcome.exit_code == 0, outcome);
  return sandbox.run(Way::plain, "test ! -e ../log || sed -E 's/^memfile: [0-9]+ [^ ]+ //' ../log").output;
}

std::string log_after(const std::string& prepare, const std::string& steps, const std::string& config = rules) {
  const Sandbox sandbox(config);
  BOOST_REQUIRE_EQUAL(sandbox.run(Way::plain, prepare).exit_code, 0);
  return log_of(sandbox, steps);
}

// A step for each kind of call that makes a file `f`.
const std::vector<std::string> makers =
    possible({"open f 'rdwr|creat'", "openat f 'rdwr|creat'", "creat f", "fopen f w", "freopen f a",
              "openat2 f 'rdwr|creat' 644", "openat2 f 'rdwr|creat' 644 beneath"});

}  // namespace

BOOST_AUTO_TEST_SUITE(telling)

BOOST_DATA_TEST_CASE(a_new_memfile_is_in_ram, data::make(makers), step) {
  BOOST_TEST(log_after("true", step) == "f -> ram (rule 2)\n");
}

// As setproctitle does.
BOOST_AUTO_TEST_CASE(a_program_may_write_over_its_environment) {
  BOOST_TEST(log_after("true", "overwrite-environment , creat f") == "f -> ram (rule 2)\n");
}

BOOST_DATA_TEST_CASE(a_memfile_that_was_there_is_in_ram, data::make(makers), step) {
  const Sandbox sandbox(rules);
  answers(sandbox, "creat f");
  BOOST_TEST(log_of(sandbox, step) == "f -> ram (rule 2)\n");
}

BOOST_DATA_TEST_CASE(a_file_that_was_on_disk_is_on_disk, data::make(makers), step) {
  BOOST_TEST(log_after("echo >f", step) == "f -> disk (rule 2): it was there already\n");
}

BOOST_DATA_TEST_CASE(a_file_that_finds_no_room_is_on_disk, data::make(makers), step) {
  BOOST_TEST(log_after("true", step, no_room) == "f -> disk (rule 2): the store has no room for such a file\n");
}

BOOST_DATA_TEST_CASE(a_file_without_a_store_is_on_disk, data::make(makers), step) {
  BOOST_TEST(log_after("true", step, no_store) == "f -> disk (rule 2): the store did not take it\n");
}

BOOST_DATA_TEST_CASE(a_file_that_is_made_otherwise_is_where_it_is, data::make({"mknod f 100644", "link g f"}), step) {
  BOOST_TEST(log_after("echo >g", step, no_room).starts_with("f -> disk (rule 2): "));
}

BOOST_AUTO_TEST_CASE(a_call_that_fails_says_nothing) {
  BOOST_TEST(log_after("echo >f", "open f 'rdwr|creat|excl' , open none/f 'rdwr|creat' , fopen none/f w") == "");
}

BOOST_AUTO_TEST_CASE(a_temporary_file_is_told_by_the_name_it_got) {
  const std::string room = log_after("true", "mkstemp fXXXXXX");
  BOOST_TEST(room.ends_with(" -> ram (rule 2)\n"), room);
  const std::string none = log_after("true", "mkstemp fXXXXXX", no_room);
  BOOST_TEST(none.ends_with(" -> disk (rule 2): the store has no room for such a file\n"), none);
  BOOST_TEST(none.find("XXXXXX") == std::string::npos, none);
}

BOOST_AUTO_TEST_CASE(a_companion_on_disk_names_its_database) {
  BOOST_TEST(log_after("echo >app.db", "creat app.db-wal") == "app.db-wal -> disk (rule 2): its database is there\n");
}

BOOST_AUTO_TEST_CASE(a_rule_for_the_disk_needs_no_reason) {
  BOOST_TEST(log_after("true", "creat f.disk") == "f.disk -> disk (rule 1)\n");
  BOOST_TEST(log_after("echo >f.disk", "creat f.disk") == "f.disk -> disk (rule 1)\n");
}

BOOST_AUTO_TEST_CASE(another_name_is_where_the_file_is) {
  BOOST_TEST(log_after("echo >g", "link g f") == "f -> disk (rule 2): it is another name of a file there\n");
  BOOST_TEST(log_after("true", "creat f , link f f2 , link f f.disk") ==
             "f -> ram (rule 2)\nf2 -> ram (rule 2)\nf.disk -> ram (rule 1): it is owed to the disk\n");
}

BOOST_DATA_TEST_CASE(a_renamed_file_is_where_it_is, data::make({"rename", "renameat", "renameat2"}), call) {
  const std::string move = std::string(call) + " ";
  BOOST_TEST(log_after("true", "creat f , close 0 , " + move + "f f2") == "f -> ram (rule 2)\nf2 -> ram (rule 2)\n");
  BOOST_TEST(log_after("true", "creat f , close 0 , " + move + "f f.disk") ==
             "f -> ram (rule 2)\nf.disk -> disk (rule 1)\n");
  BOOST_TEST(log_after("true", "creat f , " + move + "f f.disk") ==
             "f -> ram (rule 2)\nf.disk -> ram (rule 1): it is owed to the disk\n");
  BOOST_TEST(log_after("echo >g", move + "g f") == "f -> ram (rule 2)\n");
  BOOST_TEST(log_after("echo >g", "open g rdonly , " + move + "g f") ==
             "f -> disk (rule 2): somebody has it open, or it has another name\n");
  BOOST_TEST(log_after("echo >g", move + "g f", no_room) ==
             "f -> disk (rule 2): the store has no room for such a file\n");
  BOOST_TEST(log_after("echo >f", move + "f f2") == "f2 -> disk (rule 2): it was there already\n");
  BOOST_TEST(log_after("echo >f", move + "f none/f") == "");
}

BOOST_AUTO_TEST_CASE(two_files_that_change_places_are_told_of_both) {
  BOOST_TEST(log_after("echo >f.disk", "creat f , close 0 , renameat2 f f.disk 2") ==
             "f -> ram (rule 2)\nf.disk -> disk (rule 1)\nf -> ram (rule 2)\n");
}

BOOST_AUTO_TEST_SUITE_END()
