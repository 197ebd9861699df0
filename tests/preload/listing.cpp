#include "tests/preload/listing.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(listing)

BOOST_DATA_TEST_CASE(a_folder_lists_as_on_disk,
                     data::make({"readdir", "readdir64", "readdir_r", "readdir64_r", "seekdir", "getdents64",
                                 "getdirentries", "getdirentries64", "scandir", "scandir64", "scandirat",
                                 "scandirat64"}),
                     call) {
  const std::string name(call);
  BOOST_TEST(furnished_difference(name + " . , " + name + " sub , " + name + " gone") == "");
}

BOOST_AUTO_TEST_CASE(a_memfile_is_listed_as_a_file_and_a_dangling_link_is_not_listed) {
  const Sandbox sandbox;
  furnish(sandbox, Way::bare);
  BOOST_TEST(answers(sandbox, "readdir sub , readdir gone") ==
             "readdir: done, errno kept ..:folder:same .:folder:same inner:file:same\n"
             "readdir: done, errno kept ..:folder:same .:folder:same\n");
}

BOOST_AUTO_TEST_CASE(without_transparency_links_are_listed) {
  const Sandbox sandbox;
  furnish(sandbox, Way::bare);
  sandbox.set_rules(R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "**"}]})");
  const std::string all = " ..:folder:same .:folder:same inner:link:same lost:link:same\n";
  BOOST_TEST(answers(sandbox, "readdir sub , getdents64 sub") ==
             "readdir: done, errno kept" + all + "getdents64: done, errno kept" + all);
  BOOST_TEST(answers(sandbox, "scandir sub") ==
             "scandir: done, errno kept .:folder:same ..:folder:same inner:link:same lost:link:same\n");
}

// A block of 24 or 32 bytes takes one entry: dangling links leave blocks in which nothing is shown.
BOOST_DATA_TEST_CASE(a_small_block_does_not_end_the_folder,
                     data::make({"getdents64", "getdirentries", "getdirentries64"}) * data::make({"16", "24", "32"}),
                     call, size) {
  const std::string step = std::string(call) + " ";
  BOOST_TEST(furnished_difference(step + ". " + size + " , " + step + "sub " + size + " , " + step + "gone " + size) ==
             "");
}

BOOST_DATA_TEST_CASE(a_filter_sees_files, data::make({"scandir", "scandir64", "scandirat", "scandirat64"}), call) {
  const std::string name(call);
  BOOST_TEST(furnished_difference(name + " . files , " + name + " sub files , " + name + " gone files") == "");
  BOOST_TEST(furnished_difference(name + " . nested , " + name + " . left") == "");
  BOOST_TEST(furnished_difference(name + " none , " + name + " disk , " + name + " NULL , " + name + " BAD") == "");
}

BOOST_DATA_TEST_CASE(a_pattern_finds_what_is_on_disk, data::make({"glob", "glob64"}), call) {
  const std::string name(call);
  for (const char* words : {"- '*'", "mark '*'", "folders '*'", "folders '*/*'", "period '*/*'", "- lost", "- memfile",
                            "- lo*", "- '*/lost'", "- '*/inner'", "nocheck lost 'gone/*'",
                            "brace '{lost,memfile,sub/*}'", "- '*m*' lost '*i*'", "err 'none/*'"}) {
    BOOST_TEST(furnished_difference(name + " " + words) == "", words);
  }
}

BOOST_AUTO_TEST_CASE(ten_thousand_memfiles_are_listed) {
  const Sandbox sandbox;
  const std::string loop = "i=0; while [ $i -lt 10000 ]; do : >f$i; i=$((i+1)); done";
  BOOST_TEST(sandbox.run(Way::bare, loop).exit_code == 0);
  BOOST_TEST(sandbox.ram_files().size() == 10000U);
  for (const char* step : {"readdir .", "getdents64 .", "scandir . files"}) {
    const std::string answer = answers(sandbox, step);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = answer.find(":file:same", at)) != std::string::npos; ++at) ++count;
    BOOST_TEST(count == 10000U, step);
  }
}

BOOST_AUTO_TEST_SUITE_END()
