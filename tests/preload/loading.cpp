// What a process learns when the library is loaded, and from whom: the config, or what another process made of it.
#include <chrono>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;

// The config is kept for others only when it has not changed for two seconds.
void settle() { std::this_thread::sleep_for(std::chrono::milliseconds(2100)); }

// Whether a process opens the config that it follows.
bool reads_config(const Sandbox& sandbox) {
  const Outcome outcome = sandbox.run(Way::bare, "exec strace -e trace=openat /bin/true");
  BOOST_REQUIRE_EQUAL(outcome.exit_code, 0);
  BOOST_REQUIRE_NE(outcome.output.find("libmemfile_preload.so"), std::string::npos);
  return outcome.output.find("rules.json") != std::string::npos;
}

// Whether a file that is made by this path, relative to the sandbox's folder, becomes a memfile.
bool makes_memfile(const Sandbox& sandbox, const std::string& path) {
  BOOST_REQUIRE_EQUAL(sandbox.run(Way::bare, "echo bytes >" + path).exit_code, 0);
  return sandbox.is_memfile(path);
}

// What a trivial program asks the kernel for on behalf of its heap.
std::string heap_calls(const Sandbox& sandbox, Way way) {
  const std::string count = "strace -c -U name,calls -e trace=brk,getrandom /bin/true 2>&1 | grep -E 'brk|getrandom'";
  return sandbox.run(way, count).output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(loading)

BOOST_AUTO_TEST_CASE(a_config_is_read_once_and_mapped_by_the_processes_that_follow) {
  const Sandbox sandbox;
  BOOST_TEST(reads_config(sandbox));
  BOOST_TEST(reads_config(sandbox));
  settle();
  BOOST_TEST(makes_memfile(sandbox, "first"));
  BOOST_TEST(!reads_config(sandbox));
  BOOST_TEST(makes_memfile(sandbox, "second"));
}

BOOST_AUTO_TEST_CASE(a_changed_config_counts_for_the_next_process) {
  const std::string rules = R"({"version": 1, "base": "@", "rules": [{"match": "*.one"}]})";
  const Sandbox sandbox(rules);
  settle();
  BOOST_TEST(makes_memfile(sandbox, "a.one"));
  // As large as before, and with the same time of modification.
  BOOST_REQUIRE_EQUAL(
      sandbox
          .run(Way::plain,
               "touch -r ../rules.json time && sed -i s/one/two/ ../rules.json && touch -r time ../rules.json")
          .exit_code,
      0);
  BOOST_TEST(!makes_memfile(sandbox, "b.one"));
  BOOST_TEST(makes_memfile(sandbox, "b.two"));
}

BOOST_AUTO_TEST_CASE(a_config_that_has_become_wrong_is_not_followed_from_memory) {
  const Sandbox sandbox;
  settle();
  BOOST_TEST(makes_memfile(sandbox, "before"));
  sandbox.set_rules("{");
  BOOST_TEST(!makes_memfile(sandbox, "after"));
}

BOOST_AUTO_TEST_CASE(a_folder_of_a_rule_that_becomes_a_link_counts_for_the_next_process) {
  const Sandbox sandbox(R"({"version": 1, "base": "@/named", "rules": [{"match": "**"}]})");
  settle();
  BOOST_REQUIRE_EQUAL(sandbox.run(Way::plain, "mkdir real").exit_code, 0);
  BOOST_TEST(!makes_memfile(sandbox, "real/before"));
  BOOST_REQUIRE_EQUAL(sandbox.run(Way::plain, "ln -s real named").exit_code, 0);
  BOOST_TEST(makes_memfile(sandbox, "real/after"));
}

BOOST_AUTO_TEST_CASE(a_load_leaves_the_heap_of_the_program_alone) {
  const Sandbox sandbox;
  settle();
  BOOST_TEST(makes_memfile(sandbox, "first"));
  const std::string without = heap_calls(sandbox, Way::plain);
  BOOST_TEST(without.find("brk") != std::string::npos, without);
  BOOST_TEST(heap_calls(sandbox, Way::bare) == without);
}

BOOST_AUTO_TEST_SUITE_END()
