#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/listing.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<std::string> calls{"rmdir", "unlinkat_folder", "remove"};

}  // namespace

BOOST_AUTO_TEST_SUITE(removing_folders)

BOOST_DATA_TEST_CASE(answers_as_on_disk, data::make(calls), call) {
  BOOST_TEST(furnished_difference(call + " gone , " + call + " gone , mkdir gone , " + call + " gone/ , " + call +
                                  " sub , readdir sub , unlink sub/inner , " + call + " sub , readdir .") == "");
  BOOST_TEST(furnished_difference(call + " none , " + call + " NULL , " + call + " BAD , " + call + " . , " + call +
                                  " foreign/x") == "");
}

BOOST_DATA_TEST_CASE(a_folder_that_holds_more_is_left_as_it_is, data::make(calls), call) {
  const Sandbox sandbox;
  furnish(sandbox, Way::bare);
  BOOST_TEST(sandbox.run(Way::plain, "ln -s none gone/foreign").exit_code == 0);
  BOOST_TEST(answers(sandbox, call + " sub , " + call + " gone") ==
             call + ": failed, errno ENOTEMPTY\n" + call + ": failed, errno ENOTEMPTY\n");
  for (const char* name : {"sub/lost", "gone/one", "gone/two"}) {
    BOOST_TEST(std::filesystem::is_symlink(sandbox.folder() / name), name);
  }
}

BOOST_AUTO_TEST_CASE(without_transparency_a_dangling_link_is_something) {
  const Sandbox sandbox;
  furnish(sandbox, Way::bare);
  sandbox.set_rules(R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "**"}]})");
  BOOST_TEST(answers(sandbox, "rmdir gone , unlink gone/one , unlink gone/two , rmdir gone") ==
             "rmdir: failed, errno ENOTEMPTY\nunlink: done, errno kept\nunlink: done, errno kept\nrmdir: done, errno "
             "kept\n");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_replaced_is_as_empty) {
  BOOST_TEST(furnished_difference("mkdir new , rename new gone , readdir gone , rename gone sub , readdir sub") == "");
}

BOOST_AUTO_TEST_CASE(rm_removes_a_tree_of_remains) {
  const Sandbox sandbox;
  furnish(sandbox, Way::bare);
  const Outcome outcome = sandbox.run(Way::bare, "rm -r sub gone");
  BOOST_TEST(outcome == (Outcome{0, ""}));
  BOOST_TEST(!std::filesystem::exists(sandbox.folder() / "sub"));
}

// More than one block of entries.
BOOST_AUTO_TEST_CASE(a_thousand_dangling_links_are_cleared) {
  const Sandbox sandbox;
  const std::string loop = "mkdir d; i=0; while [ $i -lt 1000 ]; do : >d/f$i; i=$((i+1)); done";
  BOOST_TEST(sandbox.run(Way::bare, loop).exit_code == 0);
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove(ram);
  BOOST_TEST(answers(sandbox, "rmdir d") == "rmdir: done, errno kept\n");
  BOOST_TEST(std::filesystem::is_empty(sandbox.folder()));
}

BOOST_AUTO_TEST_SUITE_END()
