// A program may be killed at any point.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(mortality)

BOOST_DATA_TEST_CASE(a_call_is_made_or_is_not, data::make({"f.ram g.ram", "f.ram g", "f g.ram"}), names) {
  const Sandbox sandbox(some_in_ram);
  BOOST_TEST(answers_of_caller(sandbox, Way::bare, std::string("killed ") + names) == "");
  // What a death left in RAM can be listed.
  const std::string listed = sandbox.run(Way::plain, quoted(memfile_command().string()) + " ls").output;
  for (const auto& ram : sandbox.ram_files()) BOOST_TEST(listed.find(ram.filename()) != std::string::npos, ram);
}

BOOST_AUTO_TEST_SUITE_END()
