// What takes minutes: stress-ng, fio, dbench, and the tests of busybox and perl, whose sources are fetched.
#include <boost/test/unit_test.hpp>

#include "tests/foreign/cases.hpp"
#include "tests/support/sandbox.hpp"

namespace {

using memfile::tests::difference;
using memfile::tests::quoted;

// Where scripts/test-long puts the sources of a package.
std::string with_source_of(const std::string& package) {
  return "\"$sources/" + package + ".sh\" " + quoted(MEMFILE_BINARY_FOLDER "/sources/" + package);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stress_ng)
BOOST_AUTO_TEST_CASE(every_stressor_ends_the_same_way) { BOOST_TEST(difference("\"$sources/stress_ng.sh\"") == ""); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fio)
BOOST_AUTO_TEST_CASE(every_engine_reads_what_it_wrote) { BOOST_TEST(difference("\"$sources/fio.sh\"") == ""); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(dbench)
BOOST_AUTO_TEST_CASE(clients_get_what_they_ask_for) { BOOST_TEST(difference("\"$sources/dbench.sh\"") == ""); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(busybox)
BOOST_AUTO_TEST_CASE(the_same_cases_pass) { BOOST_TEST(difference(with_source_of("busybox")) == ""); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(perl)
BOOST_AUTO_TEST_CASE(the_same_cases_pass) { BOOST_TEST(difference(with_source_of("perl")) == ""); }
BOOST_AUTO_TEST_SUITE_END()
