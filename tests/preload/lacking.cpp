// A kernel, or a file system, that lacks what newer ones have: programs get what a disk gives them there, and nothing
// is lost. tests/programs/without.cpp takes the calls away; scripts/test-machines runs all suites so.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> lacks{
    "statx",        "statx-filtered", "renameat2",
    "rename-flags", "openat2",        "faccessat2",
    "O_TMPFILE",    "xattr",          "statx renameat2 openat2 faccessat2 O_TMPFILE xattr"};

const std::vector<std::string> works{
    "creat f 640 , write 0 text , lstat f , statx f , same f , rename f g , lstat f , cat g , unlink g , lstat g",
    "creat f , creat g , rename f g , renameat2 g h 1 , renameat2 h g 0 , link g h , renameat2 g h 2 , lstat h",
    "openat2 f 'rdwr|creat' 640 , openat2 f rdonly 0 beneath , openat2 none rdonly , lstat f",
    "open . 'rdwr|tmpfile' 600 , write 0 text , tmpfile , mkstemp tXXXXXX",
    "creat f , mkdir d 755 , creat d/f , getdents64 . , nftw phys . , fts_read phys . , unlink d/f , rmdir d",
    "creat f , lsetxattr f user.a b , lgetxattr f user.a , llistxattr f , faccessat f w , access f"};

std::string answers_without(const std::string& lack, const Sandbox& sandbox, const std::string& steps, Way way) {
  return sandbox
      .run(way, "exec " + quoted(without().string()) + " " + lack + " -- " + quoted(probe().string()) + " " + steps)
      .output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lacking)

BOOST_DATA_TEST_CASE(answers_as_on_a_disk_of_that_kernel, data::make(lacks) * data::make(works), lack, steps) {
  const Sandbox on_disk;
  const Sandbox on_memfiles;
  const std::string expected = answers_without(lack, on_disk, steps, Way::plain);
  BOOST_TEST(expected.find("without:") == std::string::npos, expected);
  BOOST_TEST(expected.find("there is no step") == std::string::npos, expected);
  BOOST_TEST(answers_without(lack, on_memfiles, steps, Way::bare) == expected);
}

BOOST_DATA_TEST_CASE(what_is_published_out_of_the_rules_is_on_disk, data::make(lacks), lack) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "*.tmp"}]})");
  const std::string steps = "creat f.tmp , write 0 text , close 0 , rename f.tmp f , lstat f , cat f";
  const std::string answer = answers_without(lack, sandbox, steps, Way::bare);
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")), answer);
  BOOST_TEST(sandbox.read("f") == "text");
  BOOST_TEST(sandbox.kept().empty());
  BOOST_TEST(sandbox.run(Way::plain, "ls -A").output == "f\n");
}

BOOST_DATA_TEST_CASE(what_comes_into_the_rules_is_whole, data::make(lacks), lack) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "*.ram"}]})");
  sandbox.write("f", "text");
  const std::string answer = answers_without(lack, sandbox, "rename f f.ram , lstat f , lstat f.ram", Way::bare);
  BOOST_TEST(sandbox.read("f.ram") == "text", answer);
  BOOST_TEST(sandbox.run(Way::plain, "ls -A").output == "f.ram\n");
}

BOOST_AUTO_TEST_SUITE_END()
