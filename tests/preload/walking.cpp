#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/listing.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(walking)

BOOST_DATA_TEST_CASE(a_tree_is_walked_as_on_disk,
                     data::make({"nftw", "nftw64"}) * data::make({"none", "phys", "phys,chdir", "phys,depth",
                                                                  "phys,mount", "phys,chdir,depth", "chdir"}),
                     call, flags) {
  BOOST_TEST(furnished_difference(std::string(call) + " " + flags + " .") == "");
  BOOST_TEST(furnished_difference(std::string(call) + " " + flags + " \"$PWD/sub\"") == "");
}

BOOST_DATA_TEST_CASE(a_walk_begins_at_a_file_or_nowhere,
                     data::make({"nftw", "nftw64", "ftw", "ftw64"}) * data::make({"none", "phys", "phys,chdir"}), call,
                     flags) {
  const std::string walk = std::string(call) + " " + flags;
  BOOST_TEST(furnished_difference(walk + " memfile , " + walk + " sub/inner , " + walk + " lost , " + walk +
                                  " sub/lost , " + walk + " link") == "");
}

BOOST_DATA_TEST_CASE(a_plain_walk_is_as_on_disk, data::make({"ftw", "ftw64"}), call) {
  BOOST_TEST(furnished_difference(std::string(call) + " none .") == "");
}

BOOST_AUTO_TEST_CASE(a_walk_ends_where_the_program_says) {
  BOOST_TEST(furnished_difference("nftw phys sub inner 7") == "");
  BOOST_TEST(furnished_difference("nftw phys,action sub inner 3 , nftw phys,action sub inner 1") == "");
}

BOOST_AUTO_TEST_CASE(a_walk_survives_a_longjmp_out_of_another) {
  BOOST_TEST(furnished_difference("nested_nftw phys .") == "");
}

BOOST_DATA_TEST_CASE(a_hierarchy_is_read_as_on_disk,
                     data::make({"fts_read", "fts64_read"}) *
                         data::make({"phys", "logical", "phys,nochdir", "logical,nochdir", "phys,comfollow",
                                     "phys,seedot", "phys,nostat", "phys,nostat,nochdir", "logical,nostat"}),
                     call, flags) {
  const std::string read = std::string(call) + " " + flags;
  BOOST_TEST(
      furnished_difference("rmdir gone , " + read + " . , " + read + " memfile lost sub sub/lost \"$PWD/sub\"") == "");
}

BOOST_DATA_TEST_CASE(what_is_met_again_is_as_on_disk,
                     data::make({"fts_set", "fts64_set"}) * data::make({"phys", "logical", "phys,nochdir"}) *
                         data::make({"again", "follow", "skip"}),
                     call, flags, instruction) {
  const std::string read = std::string(call) + " " + flags + " " + instruction;
  BOOST_TEST(furnished_difference(read + " . , " + read + " memfile lost sub sub/lost link") == "");
}

BOOST_DATA_TEST_CASE(children_are_as_on_disk,
                     data::make({"fts_children", "fts64_children"}) *
                         data::make({"phys", "logical", "phys,nochdir", "phys,nostat", "phys,nostat,nochdir"}) *
                         data::make({"all", "names"}),
                     call, flags, kind) {
  const std::string read = std::string(call) + " " + flags + " " + kind;
  BOOST_TEST(furnished_difference(read + " . , " + read + " gone , " + read + " memfile lost sub \"$PWD/sub\"") == "");
}

BOOST_AUTO_TEST_SUITE_END()
