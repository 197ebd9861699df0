// What a call leaves behind, or takes, that is not to be seen in its result: heap, descriptors, threads, signals,
// locks.
#include <algorithm>
#include <map>
#include <sstream>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<const char*> all_names{"f g", "f.ram g.ram", "f.ram g", "f g.ram"};

// libc takes memory for what these give, and is asked twice; and for a dangling link before it is left out.
bool gives_heap(const std::string& call) {
  return call.starts_with("realpath onto the heap") || call.starts_with("canonicalize_file_name") ||
         call.starts_with("fts");
}

std::map<std::string, long> allocations(Way way, const std::string& names) {
  const Sandbox sandbox(some_in_ram);
  std::istringstream lines(answers_of_caller(sandbox, way, "heap " + names, {.before = "liballocations.so"}));
  std::map<std::string, long> counts;
  long count = 0;
  for (std::string call; lines >> count && std::getline(lines >> std::ws, call);) counts[call] = count;
  return counts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(leftovers)

BOOST_DATA_TEST_CASE(no_call_takes_more_from_the_heap, data::make(all_names), names) {
  const auto plain = allocations(Way::plain, names);
  auto preloaded = allocations(Way::bare, names);
  BOOST_TEST(plain.size() > 100U);
  BOOST_TEST(preloaded.size() == plain.size());
  BOOST_TEST(plain.at("fopen, a file") > 0);
  for (const auto& [call, count] : plain) {
    if (!gives_heap(call)) BOOST_TEST(preloaded[call] <= count, call << ": " << preloaded[call] << ", was " << count);
  }
}

BOOST_DATA_TEST_CASE(no_descriptor_is_left_open, data::make(all_names), names) {
  const Sandbox sandbox(some_in_ram);
  BOOST_TEST(answers_of_caller(sandbox, Way::bare, std::string("descriptors ") + names) == "done\n");
}

BOOST_DATA_TEST_CASE(no_thread_no_handler_and_no_signal_is_left, data::make(all_names), names) {
  const Sandbox sandbox(some_in_ram);
  BOOST_TEST(answers_of_caller(sandbox, Way::bare, std::string("signals ") + names) == "done\n");
}

BOOST_DATA_TEST_CASE(a_lock_on_the_file_is_kept_where_it_is_on_disk, data::make(all_names), names) {
  BOOST_TEST(difference_of_caller(std::string("locks ") + names) == "");
}

BOOST_AUTO_TEST_SUITE_END()
