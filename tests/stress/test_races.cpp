// Many processes at once on few paths.
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;

std::string racer(Way way, const Sandbox& sandbox, int seed, const std::string& role) {
  const std::string inside = "LD_LIBRARY_PATH='" + library_folder().string() +
                             "' LD_PRELOAD=libmemfile_preload.so MEMFILE_CONFIG='" + sandbox.rules_file().string() +
                             "' ";
  return (way == Way::plain ? "" : inside) + "'" + (memfile_command().parent_path() / "racer").string() + "' " +
         std::to_string(seed) + " 20 " + role + " & pids=\"$pids $!\"\n";
}

const std::string and_all_end_well = "bad=0; for pid in $pids; do wait $pid || bad=1; done; exit $bad";

// Each of the eight tries each name, with the shell's noclobber: O_EXCL. `wins` says who was told that it had made
// which.
std::string eight_at_once(int names) {
  const std::string one = "set -C; i=0; while [ $i -lt " + std::to_string(names) +
                          " ]; do { echo mine >f$i; } 2>/dev/null && echo f$i; i=$((i+1)); done";
  std::string all;
  for (int i = 0; i < 8; ++i) all += "{ " + one + "; } & ";
  return "exec >wins 2>&1; " + all + "wait";
}

const std::string winners = "sort wins | uniq -d; sort -u wins | wc -l";

}  // namespace

BOOST_AUTO_TEST_SUITE(races)

BOOST_AUTO_TEST_CASE(eight_processes_on_twenty_paths_leave_no_wrong_byte_and_nothing_in_the_store) {
  const Sandbox sandbox;
  BOOST_REQUIRE(sandbox.run(Way::plain, "mkdir d").exit_code == 0);
  std::string all;
  for (int seed = 1; seed <= 6; ++seed) all += racer(Way::bare, sandbox, seed, "all");
  for (int seed = 7; seed <= 8; ++seed) all += racer(Way::plain, sandbox, seed, "reading");
  BOOST_TEST(sandbox.run(Way::plain, all + and_all_end_well) == Outcome{});
  // What stands there is as on disk, and goes.
  BOOST_TEST(sandbox.run(Way::bare, "rm -f f* d/f*") == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, "find . -mindepth 1").output == "./d\n");
  for (const auto& ram : sandbox.ram_files()) BOOST_ERROR(ram.string() + " is left");
}

BOOST_AUTO_TEST_CASE(a_rename_over_a_memfile_leaves_no_gap) {
  const Sandbox sandbox;
  std::string all = "mkdir d; ";
  for (int path = 0; path < 20; ++path)
    all += std::string(": >") + (path % 2 == 0 ? "f" : "d/f") + std::to_string(path) + "; ";
  BOOST_REQUIRE(sandbox.run(Way::bare, all) == Outcome{});
  all.clear();
  for (int seed = 1; seed <= 3; ++seed) all += racer(Way::bare, sandbox, seed, "replacing");
  for (int seed = 4; seed <= 6; ++seed) all += racer(Way::bare, sandbox, seed, "following");
  BOOST_TEST(sandbox.run(Way::plain, all + and_all_end_well) == Outcome{});
  BOOST_TEST(sandbox.ram_files().size() == 20U);
}

BOOST_AUTO_TEST_CASE(of_eight_exclusive_creates_one_wins) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::bare, eight_at_once(300)) == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, winners).output == "300\n");
  BOOST_TEST(sandbox.ram_files().size() == 301U);
}

BOOST_AUTO_TEST_CASE(of_eight_that_heal_a_dangling_link_one_wins) {
  const Sandbox sandbox;
  BOOST_REQUIRE(sandbox.run(Way::bare, "i=0; while [ $i -lt 300 ]; do : >f$i; i=$((i+1)); done") == Outcome{});
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove(ram);
  BOOST_TEST(sandbox.run(Way::bare, eight_at_once(300)) == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, winners).output == "300\n");
  BOOST_TEST(sandbox.run(Way::plain, "cat f? f?? f???| sort | uniq -c | tr -s ' '").output == " 300 mine\n");
  BOOST_TEST(sandbox.ram_files().size() == 301U);
}

// Who owns a folder above must not have root's steps made in another.
BOOST_AUTO_TEST_CASE(a_folder_that_is_replaced_leads_no_step_elsewhere) {
  const Sandbox sandbox;
  BOOST_REQUIRE(sandbox.run(Way::bare, "mkdir u u/d; : >u/d/f") == Outcome{});
  const std::string target = sandbox.ram_files().at(0).string();
  BOOST_REQUIRE(sandbox.run(Way::plain, "rm '" + target + "'; mkdir etc; echo root >etc/f; ln -s ../etc u/l") ==
                Outcome{});
  const std::string swapper =
      "python3 '" + source("tests/stress/swapper.py").string() + "' u/d u/l f '" + target + "' 8 & ";
  sandbox.write("victim.py",
                "import os, time\nend = time.monotonic() + 7\nwhile time.monotonic() < end:\n"
                "  try: os.mkdir('u/d/f'); os.rmdir('u/d/f')\n  except OSError: pass\n");
  const std::string victim = sandbox.prefix(Way::bare) + "python3 victim.py";
  BOOST_TEST(sandbox.run(Way::plain, "MEMFILE=0; " + swapper + victim + "; wait; ls -A etc; cat etc/f").output ==
             "f\nroot\n");
}

BOOST_AUTO_TEST_SUITE_END()
