#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(renaming)

BOOST_DATA_TEST_CASE(answers_as_on_disk, data::make({"rename", "renameat", "renameat2"}), call) {
  const std::string name(call);
  BOOST_TEST(difference("creat a , write 0 one , creat b , write 1 two , " + name +
                        " a b , lstat a , lstat b , cat b , " + name + " a c , " + name + " b b , cat b") == "");
  BOOST_TEST(difference("creat a , write 0 one , mkdir d , " + name + " a d , " + name + " a d/a , cat d/a , " + name +
                        " d e , cat e/a") == "");
}

BOOST_AUTO_TEST_CASE(frees_what_it_replaces) {
  const Sandbox sandbox;
  answers(sandbox, "creat a , write 0 one , creat b , write 1 two , rename a b");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  BOOST_TEST(sandbox.read("b") == "one");
}

BOOST_AUTO_TEST_CASE(a_renamed_memfile_is_freed_by_its_removal) {
  const Sandbox sandbox;
  answers(sandbox, "creat a , rename a b , creat a , write 1 new , unlink b , cat a");
  BOOST_TEST(sandbox.read("a") == "new");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  answers(sandbox, "unlink a");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(noreplace_holds) {
  BOOST_TEST(difference("creat a , creat b , renameat2 a b 1 , renameat2 a c 1 , lstat a , lstat c") == "");
}

BOOST_AUTO_TEST_CASE(exchange_holds) {
  BOOST_TEST(
      difference(
          "creat a , write 0 one , creat b , write 1 two , renameat2 a b 2 , cat a , cat b , unlink a , cat b") == "");
}

BOOST_AUTO_TEST_CASE(a_memfile_does_not_leave_the_rules) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "*.tmp"}]})");
  BOOST_TEST(answers(sandbox, "creat f.tmp , rename f.tmp f") ==
             "creat: done, errno kept\nrename: failed, errno EXDEV\n");
}

BOOST_AUTO_TEST_SUITE_END()
