// How much more stack a call needs than without the library: programs make it in signal handlers, on stacks of 8 KiB,
// and in threads and coroutines with hardly more.
#include <map>
#include <sstream>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

constexpr long most_unmatched = 512;
constexpr long most_matched = 2048;

// What executes looks through an environment and at a mode, and may build another environment; raw calls have words to
// pass on; others open a folder first.
long most_of(const std::string& call, long most) {
  if (most == most_matched || call.starts_with("execve with")) return most_matched;
  for (const char* beginning : {"exec", "access to execute", "syscall", "openat a folder", "openat2"}) {
    if (call.starts_with(beginning)) return 768;
  }
  return most;
}

using Depths = std::map<std::string, long>;

Depths depths(Way way, const std::string& names) {
  const Sandbox sandbox(some_in_ram);
  std::istringstream lines(answers_of_caller(sandbox, way, "stack " + names));
  Depths depths;
  long bytes = 0;
  for (std::string call; lines >> bytes && std::getline(lines >> std::ws, call);) depths[call] = bytes;
  return depths;
}

// The calls that need more than `most` bytes more, a line each.
std::string deepest(const std::string& names, long most) {
  const Depths plain = depths(Way::plain, names);
  Depths preloaded = depths(Way::bare, names);
  if (plain.empty() || preloaded.size() != plain.size()) return "not all calls were made";
  std::string lines;
  for (const auto& [call, bytes] : plain) {
    const long more = preloaded[call] - bytes;
    if (more > most_of(call.substr(0, call.find(',')), most)) lines += call + ": " + std::to_string(more) + "\n";
  }
  return lines;
}

const std::string long_name(240, 'n');

}  // namespace

BOOST_AUTO_TEST_SUITE(stack)

BOOST_DATA_TEST_CASE(a_path_that_no_rule_matches_takes_half_a_kilobyte,
                     data::make({std::string("f g"), long_name + " other"}), names) {
  BOOST_TEST(deepest(names, most_unmatched) == "");
}

BOOST_DATA_TEST_CASE(a_path_that_a_rule_matches_takes_two_kilobytes,
                     data::make({std::string("f.ram g.ram"), long_name + ".ram other.ram"}), names) {
  BOOST_TEST(deepest(names, most_matched) == "");
}

BOOST_DATA_TEST_CASE(crossing_the_border_of_the_rules_takes_two_kilobytes, data::make({"f g.ram", "f.ram g"}), names) {
  BOOST_TEST(deepest(names, most_matched) == "");
}

BOOST_AUTO_TEST_SUITE_END()
