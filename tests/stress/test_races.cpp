// Many processes at once on few paths.
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

using namespace memfile::tests;

BOOST_AUTO_TEST_SUITE(races)

BOOST_AUTO_TEST_CASE(eight_processes_on_twenty_paths_leave_no_wrong_byte_and_nothing_in_the_store) {
  const Sandbox sandbox;
  const std::string racer = "'" + (memfile_command().parent_path() / "racer").string() + "'";
  BOOST_REQUIRE(sandbox.run(Way::plain, "mkdir d").exit_code == 0);
  const std::string inside = "LD_LIBRARY_PATH='" + library_folder().string() +
                             "' LD_PRELOAD=libmemfile_preload.so MEMFILE_CONFIG='" + sandbox.rules_file().string() +
                             "' ";
  std::string all = "pids=; ";
  for (int i = 1; i <= 6; ++i) all += inside + racer + " " + std::to_string(i) + " 20 all & pids=\"$pids $!\"; ";
  for (int i = 7; i <= 8; ++i) all += racer + " " + std::to_string(i) + " 20 reading & pids=\"$pids $!\"; ";
  all += "bad=0; for pid in $pids; do wait $pid || bad=1; done; exit $bad";
  BOOST_TEST(sandbox.run(Way::plain, all) == Outcome{});
  // What stands there is as on disk, and goes.
  BOOST_TEST(sandbox.run(Way::bare, "rm -f f* d/f*") == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, "find . -mindepth 1").output == "./d\n");
  for (const auto& ram : sandbox.ram_files()) BOOST_ERROR(ram.string() + " is left");
}

BOOST_AUTO_TEST_CASE(of_two_exclusive_creates_one_wins) {
  const Sandbox sandbox;
  // Each of the eight tries each of 300 names, with the shell's noclobber: O_EXCL.
  const std::string one =
      "set -C; i=0; while [ $i -lt 300 ]; do { echo mine >f$i; } 2>/dev/null && echo f$i; i=$((i+1)); done";
  std::string all;
  for (int i = 0; i < 8; ++i) all += "{ " + one + "; } & ";
  const Outcome outcome = sandbox.run(Way::bare, "exec >wins 2>&1; " + all + "wait");
  BOOST_TEST(outcome == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, "sort wins | uniq -d; sort -u wins | wc -l").output == "300\n");
}

BOOST_AUTO_TEST_SUITE_END()
