// What is left to libc is right as it is: it follows the link.
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(passing)

BOOST_DATA_TEST_CASE(a_call_that_follows_answers_as_on_disk,
                     data::make({"stat", "stat64", "__xstat", "__xstat64", "chmod", "truncate", "truncate64", "access",
                                 "eaccess", "euidaccess", "utime", "utimes", "futimesat", "setxattr", "getxattr",
                                 "listxattr", "removexattr"}),
                     call) {
  const std::string name(call);
  const std::string argument = name.find("access") != std::string::npos ? " 6" : " 200";
  BOOST_TEST(difference("creat f 640 , write 0 text , setxattr f , " + name + " f" + argument + " , lstat f , " + name +
                        " none" + argument + " , " + name + " f/" + argument + " , " + name + " BAD" + argument +
                        " , getxattr f , cat f") == "");
}

BOOST_AUTO_TEST_CASE(ftw_meets_files) { BOOST_TEST(difference("mkdir d , creat f , creat d/f , ftw .") == ""); }

BOOST_AUTO_TEST_CASE(ftok_tells_one_file_from_another) {
  BOOST_TEST(difference("creat f , creat g , ftok f f , ftok f g") == "");
}

BOOST_AUTO_TEST_CASE(wordexp_finds_names) {
  BOOST_TEST(difference("creat f , creat g , wordexp '*' , wordexp 'g*'") == "");
}

BOOST_DATA_TEST_CASE(a_made_up_name_is_free, data::make({"mkdtemp", "mktemp"}), call) {
  BOOST_TEST(difference(std::string(call) + " tXXXXXX , " + call + " none/tXXXXXX , " + call + " t") == "");
}

BOOST_DATA_TEST_CASE(a_call_that_is_left_alone_answers_as_on_disk,
                     data::make({"tmpnam", "tmpnam_r", "tempnam .", "getcwd", "getwd", "get_current_dir_name",
                                 "__getcwd_chk", "__getwd_chk", "chdir f", "opendir f", "fdopendir 0", "fstat 0",
                                 "fstat64 0", "futimes 0 , times f", "futimens 0 , times f", "closefrom 0",
                                 "open_by_handle_at f , read 1", "closefrom 0 , cat f"}),
                     step) {
  BOOST_TEST(difference("creat f 640 , write 0 text , " + std::string(step)) == "");
}

// Nothing below /dev is anybody's to put into RAM.
BOOST_DATA_TEST_CASE(names_that_are_no_paths_stay_where_they_are, data::make({"shm_open", "sem_open", "mq_open"}),
                     call) {
  const std::string rules = R"({"version": 1, "rules": [{"match": ["/dev/**", "*"]}]})";
  const std::string name = "/memfile-test-" + std::to_string(getpid());
  BOOST_TEST(difference(std::string(call) + " " + name, "true", rules) == "");
}

BOOST_AUTO_TEST_CASE(a_library_in_ram_is_loaded) {
  const Sandbox sandbox;
  const std::string copied = "cp '" + (library_folder() / "libmemfile_preload.so").string() + "' f.so";
  BOOST_TEST(sandbox.run(Way::bare, copied).exit_code == 0);
  BOOST_TEST(sandbox.is_memfile("f.so"));
  BOOST_TEST(answers(sandbox, "dlopen ./f.so , dlopen ./none.so , dlmopen ./f.so , dlmopen ./none.so") ==
             "dlopen: done\ndlopen: failed\ndlmopen: done\ndlmopen: failed\n");
}

BOOST_DATA_TEST_CASE(a_nameless_file_is_where_the_rules_want_it, data::make({"tmpfile", "tmpfile64"}), call) {
  const std::string steps = std::string(call) + " , print 0 x , place 0";
  const Sandbox everything(R"({"version": 1, "rules": [{"match": "/tmp/**"}]})");
  BOOST_TEST(answers(everything, steps).find("place: ram") != std::string::npos);
  const Sandbox a_part(R"({"version": 1, "rules": [{"match": "/tmp/*.log"}]})");
  BOOST_TEST(answers(a_part, steps).find("place: disk") != std::string::npos);
}

// ld.so asks who called.
BOOST_AUTO_TEST_CASE(a_library_is_searched_as_its_caller_says) {
  const Sandbox sandbox;
  const std::string program = "'" + finder().string() + "'";
  BOOST_TEST(sandbox.run(Way::bare, program) == Outcome{});
}

BOOST_AUTO_TEST_SUITE_END()
