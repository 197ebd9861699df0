// What the Python original could do, done by an unmodified python3 that knows nothing of memfile.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(python3)

BOOST_DATA_TEST_CASE(opens_in_all_modes, data::make(preloaded_ways), way) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict(python("modes.py")) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_DATA_TEST_CASE(handles_files_in_every_other_way, data::make(preloaded_ways), way) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict(python("handling.py")) == "");
  BOOST_TEST(twins.left_behind() == "");
}

// No shell in between: the words of the manual, and python3 after them.
BOOST_DATA_TEST_CASE(writes_into_ram_and_removes, data::make(preloaded_ways), way) {
  const Sandbox sandbox;
  const std::string app = sandbox.prefix(way) + python("../../scripts/example/app.py");
  BOOST_TEST(sandbox.run(Way::plain, app) == Outcome{});
  BOOST_TEST(sandbox.is_memfile("myfile.txt"));
  BOOST_TEST(sandbox.is_memfile("rawbytes"));
  BOOST_TEST(sandbox.run(Way::plain, "cat myfile.txt rawbytes | cksum").output == "2490183140 780\n");
  BOOST_TEST(sandbox.run(Way::plain, "du --block-size=1 -c myfile.txt rawbytes | tail -n 1").output == "0\ttotal\n");
  BOOST_TEST(sandbox.run(Way::plain, app + " remove") == Outcome{});
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(std::filesystem::is_empty(sandbox.folder()));
}

BOOST_DATA_TEST_CASE(another_process_without_the_library,
                     data::make(preloaded_ways) * data::make({"reads_what_is_written", "writes_what_is_read",
                                                              "keeps_reading_what_is_removed", "sees_what_replaces"}),
                     way, scenario) {
  const Twins twins(way);
  BOOST_TEST(twins.difference_of_driver(python("file_pairs.py") + " " + scenario) == "");
  BOOST_TEST(twins.difference_for_others() == "");
  BOOST_TEST(twins.misplaced() == "");
}

BOOST_DATA_TEST_CASE(a_file_on_disk_stays_there, data::make(preloaded_ways), way) {
  Twins twins(way);
  twins.prepare("printf before >read; printf before >written; printf before >appended; printf before >removed");
  const std::string identity = "stat -c '%n %i %h %F' read written appended; stat -c '%Y %Z' read; cat read";
  const std::string before = twins.in_ram().run(Way::plain, identity).output;
  BOOST_TEST(twins.verdict("/usr/bin/python3 -c 'import os; print(open(\"read\").read()); open(\"written\", "
                           "\"w\").write(\"new\"); open(\"appended\", \"a+\").write(\" after\"); "
                           "print(os.lstat(\"read\").st_size, os.remove(\"removed\")); open(\"fresh\", \"w\")'") == "");
  BOOST_TEST(twins.in_ram().run(Way::plain, identity).output == before);
  BOOST_TEST(twins.in_ram().read("written") == "new");
  BOOST_TEST(twins.in_ram().read("appended") == "before after");
  BOOST_TEST(twins.in_ram().is_memfile("fresh"));
}

BOOST_AUTO_TEST_SUITE_END()
