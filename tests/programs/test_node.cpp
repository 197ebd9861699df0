// node, whose file calls are libuv's, on several threads.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(node)

BOOST_DATA_TEST_CASE(writes_and_reads_as_on_disk, data::make(preloaded_ways), way) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict("node " + quoted(source("tests/programs/writing.js").string())) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
