// CPython's own tests of files, those that Debian ships.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/foreign/cases.hpp"

namespace {

namespace data = boost::unit_test::data;

const std::vector<std::string> quick_modules{"test_os",        "test_posix",    "test_fileio",    "test_file",
                                             "test_shutil",    "test_tempfile", "test_pathlib",   "test_glob",
                                             "test_tarfile",   "test_mailbox",  "test_dbm",       "test_mmap",
                                             "test_largefile", "test_shelve",   "test_posixpath", "test_stat"};
const std::vector<std::string> slow_modules{"test_io", "test_zipfile", "test_subprocess", "test_logging"};

std::string run(const std::string& module) {
  return "mkdir tmp; export TMPDIR=\"$PWD/tmp\"; timeout 300 python3 -B -m test --tempdir \"$TMPDIR\" --junit-xml "
         "\"$PWD/../report.xml\" " +
         module + " >../output 2>&1; result=$?; python3 -B \"$sources/junit_cases.py\" ../report.xml; exit $result";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(python)

BOOST_DATA_TEST_CASE(the_same_cases_pass, data::make(quick_modules), module) {
  BOOST_TEST(memfile::tests::difference(run(module)) == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(python_slow)

BOOST_DATA_TEST_CASE(the_same_cases_pass, data::make(slow_modules), module) {
  BOOST_TEST(memfile::tests::difference(run(module)) == "");
}

BOOST_AUTO_TEST_SUITE_END()
