// SQLite's companions by their names: they go where their database is.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<std::string> suffixes{"-wal", "-shm", "-journal"};

// Whether the file that the steps create is a memfile, after a shell command without the library.
bool is_in_ram(const std::string& prepare, const std::string& steps, const std::string& name) {
  const Sandbox sandbox;
  BOOST_REQUIRE_EQUAL(sandbox.run(Way::plain, prepare).exit_code, 0);
  const std::string text = answers(sandbox, steps);
  BOOST_TEST_REQUIRE(std::filesystem::is_regular_file(sandbox.folder() / name), text);
  return sandbox.is_memfile(name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(companions)

BOOST_DATA_TEST_CASE(are_on_disk_where_their_database_is, data::make(suffixes), suffix) {
  BOOST_TEST(!is_in_ram("touch a.db", "creat a.db" + suffix, "a.db" + suffix));
  BOOST_TEST(!is_in_ram("mkdir d && touch d/a.db", "creat d/a.db" + suffix, "d/a.db" + suffix));
  BOOST_TEST(!is_in_ram("touch a.db", "openat a.db" + suffix + " 'wronly|creat'", "a.db" + suffix));
}

BOOST_DATA_TEST_CASE(are_where_the_rules_want_them_otherwise,
                     data::make(suffixes) * data::make({"true", "mkdir a.db", "mkfifo a.db", "ln -s b.db a.db"}),
                     suffix, prepare) {
  BOOST_TEST(is_in_ram(prepare, "creat a.db" + suffix, "a.db" + suffix));
}

BOOST_DATA_TEST_CASE(are_in_ram_where_their_database_is, data::make(suffixes), suffix) {
  BOOST_TEST(is_in_ram("true", "creat a.db , creat a.db" + suffix, "a.db" + suffix));
}

BOOST_DATA_TEST_CASE(have_such_names_and_no_others,
                     data::make({"a.db-wal2", "a.db.wal", "a.db-", "a.db-walx", "-wal", "a-wal"}), name) {
  BOOST_TEST(is_in_ram("touch a.db", std::string("creat ") + name, name));
}

BOOST_DATA_TEST_CASE(are_on_disk_by_whatever_makes_them,
                     data::make(possible({"fopen a-wal w", "mknod a-wal 100644", "openat2 a-wal 'wronly|creat' 644",
                                          "openat2 a-wal 'wronly|creat' 644 beneath",
                                          "creat b , close 0 , rename b a-wal"})),
                     steps) {
  BOOST_TEST(!is_in_ram("touch a", steps, "a-wal"));
}

// Of a transaction over several databases, any of which may be on disk.
BOOST_DATA_TEST_CASE(of_several_databases_are_on_disk, data::make({"a.db-mj0123AB9CD", "a-mjFFFFFF9FF"}), name) {
  BOOST_TEST(!is_in_ram("true", std::string("creat a.db , creat ") + name, name));
}

BOOST_DATA_TEST_CASE(of_several_databases_have_such_names_and_no_others,
                     data::make({"a-mj0123AB8CD", "a-mj0123AB9C", "a-mj0123ab9cd", "a-mk0123AB9CD", "a-mj0123AB9CDE"}),
                     name) {
  BOOST_TEST(is_in_ram("true", std::string("creat ") + name, name));
}

// After a reboot, for one.
BOOST_DATA_TEST_CASE(replace_their_links_that_dangle,
                     data::make(possible({"creat a-wal", "fopen a-wal w", "openat2 a-wal 'wronly|creat' 644 beneath"})),
                     steps) {
  const Sandbox sandbox;
  answers(sandbox, "creat a-wal");
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove(ram);
  sandbox.write("a", "a database");
  answers(sandbox, steps);
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "a-wal")));
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_SUITE_END()
