// redis, which syncs each command to its log, is ended, and starts again on what it has written.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

std::string redis(const std::string& chapter) {
  return "sh " + quoted(source("tests/programs/redis.sh").string()) + " " + chapter;
}

// Its own log has times and process ids in it, and so has the head of a snapshot.
const std::string files =
    "find data -printf '%p %y %m %n\\n' | sort; find data -name '*.incr.aof' -o -name '*.manifest' | sort | xargs "
    "cksum";

}  // namespace

BOOST_AUTO_TEST_SUITE(redis_server)

BOOST_DATA_TEST_CASE(finds_all_again, data::make(preloaded_ways), way) {
  const Twins twins(way);
  for (const char* chapter : {"writes", "rewrites"}) {
    BOOST_TEST(twins.difference(redis(chapter)) == "");
    BOOST_TEST(twins.difference(files) == "");
    BOOST_TEST(twins.misplaced() == "");
  }
  // So does a redis that knows of nothing.
  BOOST_TEST(twins.difference_for_others(redis("reads")) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
