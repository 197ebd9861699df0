// Boost.Test's main; the suites are in the files beside it. They need root, and fail without.
#define BOOST_TEST_MODULE privileged
#include <unistd.h>

#include <boost/test/unit_test.hpp>

namespace {

struct Root {
  Root() { BOOST_TEST_REQUIRE(geteuid() == 0U, "these tests need root"); }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(Root);
