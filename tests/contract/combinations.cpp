// Every combination: of open's flags, of what is renamed or linked to what, of each call and what stands at its path.
// How the call ends, and what a program sees afterwards, is the disk's.
#include <algorithm>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<const char*> all_names{"f.ram g.ram", "f.ram g", "f g.ram"};

// The first lines that differ: there are tens of thousands.
std::string difference(const std::string& check) {
  const Sandbox on_disk(some_in_ram);
  const Sandbox in_ram(some_in_ram);
  const std::string lines = answers_of_caller(on_disk, Way::plain, check);
  std::string text = difference_of_lines(lines, answers_of_caller(in_ram, Way::bare, check)).substr(0, 8000);
  if (std::ranges::count(lines, '\n') < 500) text += "too few combinations:\n" + lines;
  for (const auto& left : in_ram.kept()) text += "left in the store: " + left.string() + "\n";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(combinations)

BOOST_AUTO_TEST_CASE(of_opens_flags_answer_as_on_disk) { BOOST_TEST(difference("openings f.ram") == ""); }

BOOST_DATA_TEST_CASE(of_what_is_renamed_answer_as_on_disk, data::make(all_names), names) {
  BOOST_TEST(difference(std::string("renamings ") + names) == "");
}

BOOST_DATA_TEST_CASE(of_what_is_linked_answer_as_on_disk, data::make(all_names), names) {
  BOOST_TEST(difference(std::string("linkings ") + names) == "");
}

BOOST_DATA_TEST_CASE(of_calls_and_what_they_meet_answer_as_on_disk, data::make(all_names), names) {
  BOOST_TEST(difference(std::string("effects ") + names) == "");
}

BOOST_AUTO_TEST_SUITE_END()
