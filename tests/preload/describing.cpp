#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(describing)

BOOST_DATA_TEST_CASE(a_memfile_is_a_regular_file,
                     data::make({"stat", "lstat", "lstat64", "__lxstat", "__lxstat64", "fstatat", "fstatat64",
                                 "__fxstatat", "__fxstatat64", "statx", "readlink", "readlinkat", "__readlink_chk",
                                 "__readlinkat_chk"}),
                     call) {
  const std::string name(call);
  BOOST_TEST(difference("creat f 640 , write 0 text , " + name + " f , " + name + " none , " + name + " f/ , " + name +
                            " link , " + name + " .",
                        "ln -s /etc/hostname link") == "");
}

BOOST_AUTO_TEST_CASE(all_agree_about_which_file_it_is) { BOOST_TEST(difference("creat f , same f") == ""); }

BOOST_AUTO_TEST_CASE(access_without_following_is_the_ram_files) {
  for (const char* mode : {"f", "w", "x"}) {
    const std::string asked(mode);
    BOOST_TEST(difference("creat f 440 , faccessat f " + asked + " , faccessat none " + asked + " , faccessat f/ " +
                              asked + " , faccessat link " + asked + " , faccessat BAD " + asked,
                          "ln -s /etc/hostname link") == "");
    BOOST_TEST(difference("creat f 751 , faccessat f " + asked) == "");
  }
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_absent,
                     data::make({"stat f", "statx f", "statx f follow", "access f", "faccessat f f", "lstat f",
                                 "readlink f", "readlinkat f"}),
                     step) {
  BOOST_TEST(difference(step, dangling("f")) == "");
}

BOOST_AUTO_TEST_CASE(without_transparency_a_link_is_a_link) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "**"}]})");
  const std::string answer = answers(sandbox, "creat f , lstat f");
  BOOST_TEST(answer.find("link") != std::string::npos, answer);
}

BOOST_AUTO_TEST_SUITE_END()
