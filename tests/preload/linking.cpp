#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {
const std::vector<std::string> link_variants{"link", "linkat"};
const char* const some_ram = R"({"version": 1, "base": "@", "rules": [{"match": "*.ram"}]})";
}  // namespace

BOOST_AUTO_TEST_SUITE(linking)

BOOST_DATA_TEST_CASE(both_names_are_one_file, data::make(link_variants), call) {
  BOOST_TEST(difference("creat a , write 0 one , " + call +
                        " a b , lstat a , lstat b , write 0 more , cat b , unlink a , lstat b , cat b , fstat 0 , " +
                        call + " b b , " + call + " none c , " + call + " b none/c , mkdir d , " + call + " d e , " +
                        call + " b d , " + call + " b d/c , lstat d/c , unlink b , cat d/c") == "");
}

BOOST_DATA_TEST_CASE(each_name_frees_its_own, data::make(link_variants), call) {
  const Sandbox sandbox;
  answers(sandbox, "creat a , " + call + " a b");
  BOOST_TEST(sandbox.is_memfile("b"));
  BOOST_TEST(sandbox.ram_files().size() == 2U);
  answers(sandbox, "unlink a");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  answers(sandbox, "unlink b");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_DATA_TEST_CASE(a_name_that_was_renamed_frees_its_own, data::make(link_variants), call) {
  const Sandbox sandbox;
  answers(sandbox, "creat a , rename a b , " + call + " b a , unlink b");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  answers(sandbox, "unlink a");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(a_name_that_no_rule_covers_is_owed) {
  const Sandbox sandbox(some_ram);
  answers(sandbox, "creat a.ram , write 0 x , link a.ram b");
  BOOST_TEST(sandbox.is_memfile("b"));
  BOOST_TEST(sandbox.owed().size() == 1U);
  answers(sandbox, "unlink b");
  BOOST_TEST(sandbox.owed().empty());
}

BOOST_AUTO_TEST_CASE(a_file_on_disk_keeps_its_names_there) {
  BOOST_TEST(difference("creat a , write 0 x , link a b.ram , lstat b.ram , cat b.ram , unlink a , cat b.ram", "true",
                        some_ram) == "");
}

BOOST_AUTO_TEST_CASE(a_nameless_file_is_given_a_name) {
  const std::string steps =
      "open . 'rdwr|tmpfile' 640 , write 0 bytes , fstat 0 , link-fd 0 f , lstat f , cat f , fstat 0 , link-fd 0 f , "
      "link-proc 0 g , lstat g , link-fd 0 none/f";
  BOOST_TEST(difference(steps) == "");
  const Sandbox sandbox;
  answers(sandbox, steps);
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.is_memfile("g"));
}

BOOST_AUTO_TEST_CASE(a_nameless_file_answers_as_on_disk) {
  BOOST_TEST(
      difference("open . 'rdonly|tmpfile' , open none 'rdwr|tmpfile' , open . 'rdwr|tmpfile|excl' , link-proc 0 f , "
                 "umask 027 , open . 'wronly|tmpfile' 777 , fstat 1") == "");
}

BOOST_AUTO_TEST_CASE(a_nameless_file_keeps_the_bits_that_it_was_made_with) {
  BOOST_TEST(difference("umask 0 , open . 'rdwr|tmpfile' 6775 , fstat 0 , open f 'rdwr|creat' 6775 , lstat f",
                        "chmod g+s .") == "");
}

BOOST_AUTO_TEST_CASE(a_descriptor_of_a_memfile_is_linked) {
  BOOST_TEST(
      difference(
          "creat a , write 0 x , link-proc 0 b , lstat b , cat b , unlink a , lstat b , link-fd 0 c , lstat c") == "");
}

BOOST_AUTO_TEST_CASE(a_dangling_link_is_neither_source_nor_obstacle) {
  BOOST_TEST(difference("link gone x , creat f , write 0 x , link f gone , lstat gone , cat gone", dangling("gone")) ==
             "");
}

BOOST_AUTO_TEST_SUITE_END()
