// A program that has used up its descriptors: what on disk needs none does without.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::string made = "creat f , write 0 x , creat g.disk , mkdir d , ";
const std::string rules = R"({"version": 1, "base": "@", "rules": [{"match": "*", "except": "*.disk"}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(descriptors)

BOOST_DATA_TEST_CASE(calls_without_one_succeed_when_none_is_left,
                     data::make({"lstat f",
                                 "statx f",
                                 "readlink f",
                                 "realpath f",
                                 "access f 4",
                                 "open f rdonly",
                                 "creat new",
                                 "lchown f -1 -1 , lstat f",
                                 "lutimes f , lstat f",
                                 "link f h , lstat h",
                                 "unlink f , lstat f",
                                 "rename f h , lstat f , lstat h",
                                 "creat f , mkdir f",
                                 "rename f d/f , lstat d/f",
                                 "rename f h.disk , lstat h.disk",
                                 "rename g.disk h , lstat h",
                                 "rename g.disk f , lstat f",
                                 "rename f g.disk , lstat g.disk",
                                 "renameat2 f g.disk 2 , lstat f , lstat g.disk",
                                 "lgetxattr f user.none",
                                 "remove f , lstat f",
                                 "rmdir d , lstat d",
                                 "rename d e , lstat e"}),
                     steps) {
  BOOST_TEST(difference(made + "use-up-descriptors , " + steps, "true", rules) == "");
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_absent_when_none_is_left,
                     data::make({"lstat gone", "open gone rdonly", "unlink gone", "rename gone x", "creat gone"}),
                     steps) {
  BOOST_TEST(difference("mkdir d , use-up-descriptors , " + std::string(steps), dangling("gone")) == "");
}

BOOST_AUTO_TEST_SUITE_END()
