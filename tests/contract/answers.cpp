// Result and errno are the disk's: of every call, about whatever may stand at its path, and whatever points to it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(answers)

BOOST_DATA_TEST_CASE(result_and_errno_are_the_disks, data::make({"f g", "f.ram g.ram", "f.ram g", "f g.ram"}), names) {
  BOOST_TEST(difference_of_caller(std::string("answers ") + names) == "");
}

BOOST_DATA_TEST_CASE(a_bad_pointer_or_path_is_libcs_to_refuse, data::make({"f g", "f.ram g.ram"}), names) {
  BOOST_TEST(difference_of_caller(std::string("bad_pointers ") + names) == "");
}

BOOST_AUTO_TEST_SUITE_END()
