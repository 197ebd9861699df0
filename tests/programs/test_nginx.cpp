// nginx, with its logs, its temporary files, its cache and what it serves in RAM.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// Its logs have times and process ids in them, and so has the head of what is in the cache.
const std::string files =
    "find . -printf '%p %y %m %n %u %l\\n' | sort; find html -type f | sort | xargs cksum; "
    "find cache -type f | sort | xargs tail -q -n 1; grep -oE '\\[(error|crit|alert|emerg)\\]' logs/error.log | uniq "
    "-c";

}  // namespace

BOOST_AUTO_TEST_SUITE(nginx)

BOOST_DATA_TEST_CASE(serves_and_writes_as_on_disk, data::make(preloaded_ways), way) {
  Twins twins(way);
  twins.prepare("cp " + quoted(source("tests/programs/nginx.conf").string()) + " .");
  BOOST_TEST(twins.difference("sh " + quoted(source("tests/programs/nginx.sh").string())) == "");
  BOOST_TEST(twins.difference(files) == "");
  BOOST_TEST(twins.difference_for_others("cat html/page; cksum html/long html/deep/moved; ls cache") == "");
  BOOST_TEST(twins.misplaced() == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
