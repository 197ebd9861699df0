// Boost.Test's main; the suites are in the files beside it.
#define BOOST_TEST_MODULE differential
#include <boost/test/unit_test.hpp>
