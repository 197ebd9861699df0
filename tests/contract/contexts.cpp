// Where a program may be when it makes a call, and what may come between.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<const char*> all_names{"f g", "f.ram g.ram", "f.ram g", "f g.ram"};
const std::vector<const char*> names_in_ram{"f.ram g.ram", "f.ram g"};

// All calls, but for one that opens before its child does: docs/limits.md.
std::string without_added_opens(const std::string& answers) {
  std::istringstream lines(answers);
  std::string rest;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("posix_spawn_file_actions_addopen")) rest += line + "\n";
  }
  return rest;
}

// What a check prints, with the library.
std::string preloaded(const std::string& check) {
  const Sandbox sandbox(some_in_ram);
  const std::string answers = answers_of_caller(sandbox, Way::bare, check);
  const std::size_t left = sandbox.ram_files().size();
  return left == 0 ? answers : answers + std::to_string(left) + " RAM files left\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contexts)

BOOST_DATA_TEST_CASE(calls_before_the_constructor_pass_through, data::make(all_names), names) {
  const std::string check = std::string("early ") + names;
  BOOST_TEST(difference_of_caller(check, {.behind = "libearly.so"}) == "");
  const Sandbox sandbox(some_in_ram);
  const std::string answers = answers_of_caller(sandbox, Way::bare, check, {.behind = "libearly.so"});
  BOOST_TEST(answers.starts_with("a file is on disk\n"), answers.substr(0, 100));
}

BOOST_DATA_TEST_CASE(a_first_call_fits_into_a_handlers_stack_of_8_kib, data::make(all_names), names) {
  BOOST_TEST(difference_of_caller(std::string("in_handler ") + names) == "");
}

BOOST_DATA_TEST_CASE(calls_work_in_a_vfork_child, data::make(names_in_ram), names) {
  BOOST_TEST(difference_of_caller(std::string("in_vfork_child ") + names) == "");
}

BOOST_DATA_TEST_CASE(no_call_meets_a_seccomp_filter_that_does_not_foresee_it, data::make(all_names), names) {
  BOOST_TEST(difference_of_caller(std::string("filtered ") + names) == "");
}

BOOST_DATA_TEST_CASE(eight_threads_work_side_by_side, data::make(names_in_ram), names) {
  BOOST_TEST(preloaded(std::string("threads ") + names) == "0 mistakes\n");
}

BOOST_DATA_TEST_CASE(children_of_a_program_with_threads_go_on, data::make(names_in_ram), names) {
  BOOST_TEST(preloaded(std::string("forks ") + names) == "0 mistakes, 0 children with mistakes\n");
}

BOOST_DATA_TEST_CASE(a_signal_handler_does_what_it_interrupts, data::make(names_in_ram), names) {
  BOOST_TEST(preloaded(std::string("interrupted ") + names) == "0 mistakes, 0 in the handler\n");
}

BOOST_DATA_TEST_CASE(cancellation_points_are_those_of_libc, data::make(names_in_ram), names) {
  const Sandbox on_disk(some_in_ram);
  const Sandbox in_ram(some_in_ram);
  const std::string check = std::string("cancelled_before ") + names;
  BOOST_TEST(difference_of_lines(without_added_opens(answers_of_caller(on_disk, Way::plain, check)),
                                 without_added_opens(answers_of_caller(in_ram, Way::bare, check))) == "");
}

BOOST_AUTO_TEST_CASE(threads_that_are_cancelled_leave_nothing_behind) {
  const std::string answers = preloaded("cancelled_at_random f.ram g.ram");
  BOOST_TEST(answers.ends_with("cancelled\n0 descriptors left\n"), answers);
}

BOOST_AUTO_TEST_CASE(threads_that_are_cancelled_in_the_next_open_take_no_buffer_along) {
  const std::string answers = preloaded("cancelled_while_waiting f.ram g.ram");
  BOOST_TEST(answers.ends_with("cancelled\n0 new pages\n"), answers);
}

BOOST_AUTO_TEST_SUITE_END()
