// What only root can set up: links of somebody else's.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(links_of_another_owner)

BOOST_DATA_TEST_CASE(are_theirs_and_free_nothing, data::make(preloaded_ways), way) {
  const Sandbox memfiles;
  memfiles.run(Way::bare, "printf precious >f");
  const std::string ram = quoted(std::filesystem::read_symlink(memfiles.folder() / "f"));
  Twins twins(way);
  twins.prepare("for link in one other third; do ln -s " + ram + " $link; chown -h 12345 $link; done");
  BOOST_TEST(twins.difference("stat -c '%F %u' one; readlink one; cat one; rm one; echo x >f; mv f other; stat -c %F "
                              "other; cat other; mv third moved; readlink moved; printf precious >moved; ls") == "");
  BOOST_TEST(memfiles.read("f") == "precious");
}

BOOST_AUTO_TEST_SUITE_END()
