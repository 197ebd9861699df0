// The runner itself: what it makes up, how it shrinks, and that it would see a difference.
#include <fstream>
#include <set>
#include <sstream>

#include <boost/test/unit_test.hpp>

#include "tests/differential/generator.hpp"
#include "tests/differential/limits.hpp"
#include "tests/differential/operations.hpp"
#include "tests/differential/random.hpp"
#include "tests/differential/shrinking.hpp"
#include "tests/differential/trial.hpp"
#include "tests/support/sandbox.hpp"

using namespace memfile::differential;

namespace {

std::string page(const std::string& name) {
  std::ifstream file(memfile::tests::source(name));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool has_step(const Sequence& sequence, const std::string& name) {
  for (const Step& step : sequence) {
    if (step.is(name)) return true;
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(runner)

BOOST_AUTO_TEST_CASE(a_sequence_is_read_as_it_is_written) {
  const std::string text = "0 1= @2 openat a rdwr|creat 644, o lstat b, restart 1, reboot, observe, 2 rename @/a d/";
  BOOST_TEST(text_of(sequence_of(text)) == text);
  BOOST_CHECK_THROW(sequence_of("3 unlink a"), std::invalid_argument);
  BOOST_CHECK_THROW(sequence_of("unlink a"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_seed_means_the_same_everywhere) {
  Random random(7, 3);
  for (const std::size_t number : {687U, 649U, 449U, 226U, 462U, 840U}) BOOST_TEST(random.below(1000) == number);
  BOOST_TEST(text_of(generated(7, 3, {})) == text_of(generated(7, 3, {})));
  BOOST_TEST(text_of(generated(7, 3, {})) != text_of(generated(7, 4, {})));
}

BOOST_AUTO_TEST_CASE(every_operation_is_made_up) {
  std::set<std::string> made;
  for (std::uint64_t number = 0; number < 2000; ++number) {
    for (const Step& step : generated(1, number, {})) made.insert(step.name());
  }
  for (const Operation& operation : operations()) {
    for (const std::string& name : operation.names) BOOST_TEST(made.contains(name), name);
  }
}

BOOST_AUTO_TEST_CASE(a_failing_sequence_shrinks_to_what_matters) {
  const auto fails = [](const Sequence& sequence) {
    return has_step(sequence, "rename") && has_step(sequence, "link");
  };
  const Sequence large = sequence_of(
      "0 mkdir d 755, 1 linkat a b, 0 unlink a, o stat k/a, 2 link d/a ./a, observe, 0 renameat a b, 1 rename b "
      "x.disk, 0 "
      "lstat a");
  BOOST_TEST(text_of(shrunk(large, fails)) == "0 link a a, 0 rename a a");
}

// Both worlds' steps differ where a path tells which world it is.
BOOST_AUTO_TEST_CASE(a_difference_is_seen_and_told) {
  const std::string told = difference_of("0 1= creat-file ../../inram/top/f 644");
  BOOST_TEST(told.find("--replay '0 1= creat-file ../../inram/top/f 644'") != std::string::npos, told);
}

BOOST_AUTO_TEST_CASE(what_is_forgiven_stands_in_the_page_of_limits) {
  const std::string text = page("docs/limits.md");
  for (const Limit& limit : limits()) BOOST_TEST(text.find(limit.row) != std::string::npos, limit.row);
}

BOOST_AUTO_TEST_SUITE_END()
