#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> restrictions{
    "",        "no_xdev",        "no_magiclinks", "no_symlinks", "beneath", "in_root", "beneath no_symlinks no_xdev",
    "unknown", "beneath in_root"};
const std::vector<std::string> openings{"rdonly 0",
                                        "wronly 0",
                                        "'rdwr|creat' 640",
                                        "'wronly|creat|excl' 600",
                                        "'rdwr|creat|trunc' 600",
                                        "'rdonly|nofollow' 0",
                                        "'rdwr|creat|nofollow' 600",
                                        "path 0",
                                        "'path|nofollow' 0",
                                        "'rdonly|directory' 0",
                                        "'rdonly|creat|directory' 600",
                                        "'path|creat' 600",
                                        "'rdwr|creat' 10600",
                                        "rdwr 600"};
const std::vector<std::string> creating_restrictions{"",        "no_xdev", "no_magiclinks", "no_symlinks",
                                                     "beneath", "in_root"};

// A step for each way of opening; % in `path` is the number of the way, so that each can have a file of its own.
std::string each_opening(const std::string& path, const std::string& restriction) {
  std::string steps;
  for (std::size_t i = 0; i < openings.size(); ++i) {
    const std::size_t number = path.find('%');
    const std::string actual =
        number == std::string::npos ? path : path.substr(0, number) + std::to_string(i) + path.substr(number + 1);
    steps += " , openat2 " + actual + " " + openings[i] + " " + restriction + " , lstat " + actual;
  }
  return steps;
}

// A step for the file of each.
std::string for_each_file(const std::string& step) {
  std::string steps;
  for (std::size_t i = 0; i < openings.size(); ++i) steps += " , " + step + std::to_string(i);
  return steps;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(opening_how)

BOOST_DATA_TEST_CASE(an_absent_file_is_opened_as_on_disk, data::make(restrictions), restriction) {
  BOOST_TEST(difference("umask 22" + each_opening("f%", restriction) + for_each_file("cat f")) == "");
}

BOOST_DATA_TEST_CASE(a_memfile_is_opened_as_a_file_on_disk, data::make(restrictions), restriction) {
  BOOST_TEST(difference("umask 22" + for_each_file("creat f") + each_opening("f%", restriction) +
                            each_opening("d/../f%", restriction) + each_opening("link/g", restriction) +
                            each_opening("f%/", restriction),
                        "mkdir d; ln -s d link; printf g >d/g") == "");
}

BOOST_DATA_TEST_CASE(only_a_call_that_truncates_does, data::make(restrictions), restriction) {
  BOOST_TEST(difference("creat f , write 0 before , openat2 f 'rdwr|creat' 600 " + restriction +
                        " , cat f , openat2 f 'rdwr|trunc' 0 " + restriction + " , cat f") == "");
}

BOOST_DATA_TEST_CASE(restrictions_hold_for_the_folder, data::make(restrictions), restriction) {
  std::string steps = "creat d/f , creat e/g";
  for (const char* path : {"link/f", "up/f", "absolute/f", "/proc/self/cwd/d/f", "../files/d/f", "d/../e/g", "/d/f",
                           "own", "none/f", "d"}) {
    steps += each_opening(path, restriction);
  }
  BOOST_TEST(
      difference(steps, "mkdir d e; ln -s d link; ln -s ../files/d up; ln -s \"$PWD/d\" absolute; ln -s d/f own") ==
      "");
}

BOOST_DATA_TEST_CASE(a_new_file_is_in_ram, data::make(creating_restrictions), restriction) {
  const Sandbox sandbox;
  answers(sandbox, "openat2 f 'wronly|creat|excl' 640 " + restriction + " , write 0 text");
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "text");
}

BOOST_DATA_TEST_CASE(a_new_file_no_rule_matches_is_on_disk, data::make(creating_restrictions), restriction) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "*.tmp"}]})");
  answers(sandbox, "openat2 f 'wronly|creat' 640 " + restriction);
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")));
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_absent, data::make(restrictions), restriction) {
  std::string prepare = "true";
  for (std::size_t i = 0; i < openings.size(); ++i) prepare += " && " + dangling("f" + std::to_string(i));
  BOOST_TEST(difference("umask 22" + each_opening("f%", restriction) + each_opening("f%/", restriction), prepare) ==
             "");
}

BOOST_DATA_TEST_CASE(a_dangling_link_no_rule_matches_makes_way, data::make(creating_restrictions), restriction) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  std::filesystem::remove(sandbox.ram_files().at(0));
  sandbox.set_rules(R"({"version": 1, "base": "@", "rules": [{"match": "*.tmp"}]})");
  const std::string answer = answers(sandbox, "openat2 f 'wronly|creat' 640 " + restriction + " , lstat f");
  BOOST_TEST(answer == "openat2: done, errno kept\nlstat: done, errno kept, file 640 size 0 nlink 1\n");
}

BOOST_AUTO_TEST_CASE(links_to_a_memfile_are_followed_within_the_restrictions) {
  for (const std::string& restriction : restrictions) {
    BOOST_TEST(difference("creat d/f , write 0 text , openat2 one rdonly 0 " + restriction +
                              " , openat2 two rdonly 0 " + restriction + " , openat2 two 'rdwr|nofollow' 0 " +
                              restriction + " , openat2 whole rdonly 0 " + restriction + " , openat2 loop rdonly 0 " +
                              restriction + " , openat2 one 'rdwr|creat' 600 " + restriction +
                              " , openat2 one 'rdwr|creat|excl' 600 " + restriction,
                          "mkdir d; ln -s d/f one; ln -s one two; ln -s \"$PWD/d/f\" whole; ln -s loop loop") == "");
  }
}

// It promises not to wait, and looking may.
BOOST_AUTO_TEST_CASE(a_lookup_in_the_cache_is_passed_on) {
  const Sandbox sandbox;
  BOOST_TEST(answers(sandbox, "openat2 f 'rdwr|creat' 600 cached , lstat f") ==
             "openat2: failed, errno EAGAIN\nlstat: failed, errno ENOENT\n");
}

BOOST_AUTO_TEST_CASE(bad_pointers_are_the_kernels_to_answer) {
  BOOST_TEST(difference("openat2 NULL 'rdwr|creat' 600 beneath , openat2 BAD 'rdwr|creat' 600 , openat2 BAD rdonly 0 "
                        "no_symlinks") == "");
}

BOOST_AUTO_TEST_SUITE_END()
