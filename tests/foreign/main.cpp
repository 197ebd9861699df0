// Boost.Test's main; the suites are in the files beside it.
#define BOOST_TEST_MODULE foreign
#include <boost/test/unit_test.hpp>
