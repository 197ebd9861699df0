// A database that is on disk already, under rules that want everything in RAM: SQLite's companions stay with it. What
// was committed outlives the RAM.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<std::string> modes{"wal", "delete", "truncate", "persist"};

void lose_ram(const Sandbox& sandbox) {
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove(ram);
}

std::string create(const std::string& mode) {
  return "sqlite3 app.db 'pragma journal_mode=" + mode + "; create table t(n, text); insert into t values(0, 0)'";
}

// What a transaction left behind is put right by whoever comes next.
const std::string look = "sqlite3 app.db 'pragma integrity_check; select count(*), sum(n), max(text) from t'";

}  // namespace

BOOST_AUTO_TEST_SUITE(database_on_disk)

BOOST_DATA_TEST_CASE(outlives_the_ram, data::make(preloaded_ways) * data::make(modes), way, mode) {
  Twins twins(way);
  twins.prepare(create(mode));
  BOOST_TEST(twins.difference(python("unclosed.py") + " app.db") == "");
  lose_ram(twins.in_ram());
  BOOST_TEST(twins.difference_for_others(look) == "");
}

BOOST_DATA_TEST_CASE(with_its_folder_named_in_any_way,
                     data::make({"app.db", "./app.db", "sub/../app.db", "alias/app.db", "alias.db"}), path) {
  Twins twins(Way::bare);
  twins.prepare(create("wal") + " && mkdir sub && ln -s . alias && ln -s app.db alias.db");
  BOOST_TEST(twins.difference(python("unclosed.py") + " " + path) == "");
  lose_ram(twins.in_ram());
  BOOST_TEST(twins.difference_for_others(look) == "");
}

// A database that was in RAM is restored after a reboot: the links of its companions were left.
BOOST_DATA_TEST_CASE(clears_links_that_dangle, data::make(modes), mode) {
  Twins twins(Way::bare);
  BOOST_TEST(twins.difference(create(mode) + " && " + python("unclosed.py") + " app.db") == "");
  lose_ram(twins.in_ram());
  twins.prepare("mkdir new && cd new && " + create(mode) +
                " && cd .. && rm app.db && find . -type f -name 'app.db-*' -delete; "
                "mv new/app.db . && rmdir new");
  BOOST_TEST(twins.difference(python("unclosed.py") + " app.db") == "");
  lose_ram(twins.in_ram());
  BOOST_TEST(twins.difference_for_others(look) == "");
}

BOOST_AUTO_TEST_SUITE_END()
