// What the Python original could do, done by programs that know nothing of it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// The same command plainly and with memfile: output, exit code and the files' contents have to be the same.
void compare(Way way, const std::string& command) {
  const Sandbox on_disk;
  const Sandbox in_ram;
  BOOST_TEST(in_ram.run(way, command) == on_disk.run(Way::plain, command));
  const std::string contents = "for f in $(ls); do echo $f; cat $f; done";
  BOOST_TEST(in_ram.run(Way::plain, contents) == on_disk.run(Way::plain, contents));
}

std::string python(const std::string& script) {
  return "/usr/bin/python3 '" + source("tests/programs/" + script).string() + "'";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(main_job)

BOOST_DATA_TEST_CASE(python_open_in_all_modes, data::make(preloaded_ways), way) { compare(way, python("modes.py")); }

BOOST_DATA_TEST_CASE(python_writes_into_ram, data::make(preloaded_ways), way) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(way, python("../../scripts/example/app.py")).exit_code == 0);
  BOOST_TEST(sandbox.is_memfile("myfile.txt"));
  BOOST_TEST(sandbox.is_memfile("rawbytes"));
  BOOST_TEST(sandbox.run(Way::plain, "wc -c <rawbytes").output == "390\n");
  BOOST_TEST(sandbox.run(way, python("../../scripts/example/app.py") + " remove").exit_code == 0);
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(std::filesystem::is_empty(sandbox.folder()));
}

BOOST_DATA_TEST_CASE(shells_redirect, data::make(preloaded_ways) * data::make({"bash", "dash"}), way, shell) {
  const std::string command = std::string(shell) +
                              " -c 'echo one >f; echo two >>f; cat <f; exec 3<>g; echo three >&3; cat g; rm f; ls; set "
                              "-C; echo x >g || echo no; cat <<E >h\ntext\nE'";
  compare(way, command);
}

BOOST_DATA_TEST_CASE(a_cpp_program_uses_streams, data::make(preloaded_ways), way) {
  compare(way, "'" + (memfile_command().parent_path() / "streams").string() + "' f");
  compare(way, "'" + (memfile_command().parent_path() / "streams").string() + "' f remove");
}

BOOST_DATA_TEST_CASE(sqlite_commits, data::make(preloaded_ways) * data::make({"delete", "wal"}), way, mode) {
  const std::string script =
      "{ echo 'pragma journal_mode=" + std::string(mode) +
      ";create table t(n);'; i=0; while [ $i -lt 1000 ]; do echo \"insert into t values($i);\"; i=$((i+1)); done; "
      "echo 'select count(*),sum(n) from t;pragma integrity_check;'; } | sqlite3 data.db; sqlite3 data.db 'select "
      "count(*) from t'";
  compare(way, script);
  const Sandbox sandbox;
  sandbox.run(way, script);
  BOOST_TEST(sandbox.is_memfile("data.db"));
  BOOST_TEST(sandbox.run(Way::plain, "sqlite3 data.db 'select sum(n) from t'").output == "499500\n");
}

BOOST_AUTO_TEST_SUITE_END()
