// What is built for other machines, beside what the suites of tests/preload say of it: scripts/test-machines runs both.
#define BOOST_TEST_MODULE machines
#include <boost/test/unit_test.hpp>
