// Result and errno are the disk's: of every call, about whatever may stand at its path.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::string rules = R"({"version": 1, "base": "@", "rules": [{"match": "*.ram"}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(answers)

BOOST_DATA_TEST_CASE(result_and_errno_are_the_disks, data::make({"f g", "f.ram g.ram", "f.ram g", "f g.ram"}), names) {
  BOOST_TEST(difference_of_caller(std::string("answers ") + names, rules) == "");
}

BOOST_AUTO_TEST_CASE(a_call_that_succeeds_leaves_errno_as_it_was) {
  const Sandbox sandbox;
  const std::string answers = answers_of_caller(sandbox, Way::bare, "answers f g");
  for (const char* call : {"open to create", "rename", "unlink", "link", "lstat", "chown", "utimensat", "mkstemp"}) {
    BOOST_TEST(answers.find("\n" + std::string(call) + ", a file: done, errno kept\n") != std::string::npos, call);
  }
}

BOOST_AUTO_TEST_SUITE_END()
