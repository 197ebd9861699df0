// The other libraries in a process: those that ld.so has behind ours, and those that come later.
#include <fstream>
#include <regex>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

// All that the library stands in for, but what the tests' libc has not.
std::string symbols() {
  std::ifstream table(source("preload/symbols.hpp"));
  const std::regex symbol(R"re(\{"(\w+)"\};)re");
  std::string names;
  for (std::string line; std::getline(table, line);) {
    std::smatch match;
    if (std::regex_search(line, match, symbol) && match[1] != "openat2")
      names += (names.empty() ? "" : " ") + match[1].str();
  }
  return names;
}

// The steps' answers with another library preloaded behind memfile's.
std::string answers_beside(const std::string& library, const std::string& steps) {
  const Sandbox sandbox;
  const std::string preload = "LD_PRELOAD=\"$LD_PRELOAD " + library + "\" ";
  return sandbox.run(Way::bare, preload + "exec '" + probe().string() + "' " + steps).output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(neighbours)

BOOST_AUTO_TEST_CASE(a_plugin_may_wait_for_a_thread_that_calls_us_first) {
  const Sandbox sandbox;
  const Sandbox disk;
  const std::string load = "exec timeout -s KILL 20 '" + probe().string() + "' dlopen '" +
                           (library_folder() / "libwaiting_plugin.so").string() + "'";
  BOOST_TEST(sandbox.run(Way::bare, load) == disk.run(Way::plain, load));
  BOOST_TEST(sandbox.is_memfile("renamed"));
}

BOOST_DATA_TEST_CASE(a_library_behind_ours_is_asked_before_libc, data::make({"libneighbour.so", "libold_neighbour.so"}),
                     library) {
  BOOST_TEST(
      answers_beside(library, "mkdir d , rmdir d , creat f , unlink f") ==
      "mkdir: failed, errno EDOM\nrmdir: failed, errno EDOM\ncreat: done, errno kept\nunlink: done, errno kept\n");
}

BOOST_AUTO_TEST_CASE(a_lookup_finds_what_dlsym_finds) {
  const std::string names = symbols();
  const auto count = std::to_string(std::ranges::count(names, ' ') + 1);
  for (const char* more : {"", " libneighbour.so", " libm.so.6 libneighbour.so"}) {
    const std::string command = "LD_PRELOAD=\"libcomparing.so" + std::string(more) + "\" MEMFILE=0 exec /bin/true";
    const Outcome outcome = Sandbox().run(Way::bare, command, {"NAMES=" + names});
    BOOST_TEST(outcome == (Outcome{.output = count + " compared\n"}), outcome);
  }
}

BOOST_AUTO_TEST_SUITE_END()
