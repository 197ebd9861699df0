// SQLite, which derives the names of a database's companions from its path: alone, twice, and together with a
// connection of a process without the library, which follows the link and finds the companions beside the RAM file.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// The rollback journal's default, and the other mode.
const std::vector<std::string> main_modes{"delete", "wal"};
const std::vector<std::string> other_modes{"truncate", "persist"};
const std::vector<std::string> hardest_scenarios{"outside_comes_first", "inside_is_killed_outside_rolls_back",
                                                 "outside_is_killed_inside_rolls_back"};
const std::vector<std::string> scenarios{"inside_leaves_last",
                                         "outside_leaves_last",
                                         "two_inside",
                                         "outside_comes_first",
                                         "outside_comes_first_and_leaves_last",
                                         "inside_is_killed_outside_rolls_back",
                                         "inside_is_killed_inside_rolls_back",
                                         "outside_is_killed_outside_rolls_back",
                                         "outside_is_killed_inside_rolls_back",
                                         "outside_is_killed_before_inside",
                                         "inside_is_killed_before_outside",
                                         "both_at_once"};

// The last process outside takes companions away, and cannot take the links that led to them, too: these are absent to
// whoever comes next inside, and gone when that one has left.
std::string verdict(Way way, const std::string& scenario, const std::string& mode) {
  const Twins twins(way);
  std::string found = twins.difference_of_driver(python("sqlite_pairs.py") + " " + scenario + " " + mode);
  if (found.empty())
    found = twins.difference("sqlite3 data.db 'insert into t values(0, 0); pragma integrity_check'; ls");
  if (found.empty()) found = twins.misplaced();
  return found.empty() ? twins.left_behind() : found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sqlite)

BOOST_DATA_TEST_CASE(a_thousand_commits, data::make(preloaded_ways) * data::make(main_modes), way, mode) {
  const Twins twins(way);
  const std::string script =
      "{ echo 'pragma journal_mode=" + mode +
      ";create table t(n);'; i=0; while [ $i -lt 1000 ]; do echo \"insert into t values($i);\"; i=$((i+1)); done; "
      "echo 'select count(*),sum(n) from t;pragma integrity_check;'; } | sqlite3 data.db; ls";
  BOOST_TEST(twins.in_ram().run(way, script) == (Outcome{.output = mode + "\n1000|499500\nok\ndata.db\n"}));
  BOOST_TEST(twins.misplaced() == "");
  const std::string look = "sqlite3 data.db 'select count(*), sum(n) from t; pragma integrity_check'";
  BOOST_TEST(twins.in_ram().run(Way::plain, look) == (Outcome{.output = "1000|499500\nok\n"}));
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_DATA_TEST_CASE(connections, data::make(preloaded_ways) * data::make(scenarios) * data::make(main_modes), way,
                     scenario, mode) {
  BOOST_TEST(verdict(way, scenario, mode) == "");
}

BOOST_DATA_TEST_CASE(connections_in_other_modes,
                     data::make(preloaded_ways) * data::make(hardest_scenarios) * data::make(other_modes), way,
                     scenario, mode) {
  BOOST_TEST(verdict(way, scenario, mode) == "");
}

BOOST_AUTO_TEST_SUITE_END()
