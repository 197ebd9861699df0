// C++ programs with std::fstream and std::filesystem.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(streams)

BOOST_DATA_TEST_CASE(a_cpp_program_uses_them, data::make(preloaded_ways) * data::make({"streams", "paths"}), way,
                     program) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict(quoted((memfile_command().parent_path() / program).string())) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
