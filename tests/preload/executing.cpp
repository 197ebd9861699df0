#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> starters{"execve",       "execv",  "execvp",  "execvpe",  "execl",
                                        "execlp",       "execle", "fexecve", "execveat", "posix_spawn",
                                        "posix_spawnp", "system", "popen",   "_IO_popen"};
// Those that are handed an environment.
const std::vector<std::string> starters_with{"execve",   "execvpe",     "execle",      "fexecve",
                                             "execveat", "posix_spawn", "posix_spawnp"};
const std::string quiet_rules = R"({"version": 1, "base": "@", "rules": [{"match": "f*"}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(executing)

BOOST_DATA_TEST_CASE(every_child_is_reached, data::make(possible(starters)) * data::make({"kept", "", "A=b", "huge"}),
                     starter, environment) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, starter + " '" + environment + "' 'echo text >f'");
  BOOST_TEST(sandbox.is_memfile("f"), answer);
}

BOOST_DATA_TEST_CASE(children_answer_as_on_disk, data::make(starters) * data::make({"kept", "", "A=b", "huge"}),
                     starter, environment) {
  BOOST_TEST(difference(starter + " '" + environment +
                        "' 'echo text >f; cat f; echo $A $VARIABLE_999; exit 3' , lstat f , " + starter + " '" +
                        environment + "' 'cat f'") == "");
}

BOOST_DATA_TEST_CASE(bad_environments_are_answered_by_libc, data::make(starters_with) * data::make({"NULL", "BAD"}),
                     starter, environment) {
  BOOST_TEST(difference(starter + " " + environment + " 'echo text'") == "");
}

BOOST_DATA_TEST_CASE(a_child_can_have_the_library_off, data::make(starters), starter) {
  const Sandbox sandbox;
  answers(sandbox, starter + " 'MEMFILE=0' 'echo text >f; env >g'");
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("g").find("LD_PRELOAD") == std::string::npos);
}

BOOST_DATA_TEST_CASE(an_environment_that_has_all_is_passed_on_as_it_is, data::make(possible(starters)), starter) {
  const Sandbox sandbox;
  const std::string show = "env | grep -v ^_= | sort";
  const std::string compare = show + " >before; '" + probe().string() + "' " + starter + " kept '" + show +
                              " >after' >answer; diff before after";
  BOOST_TEST(sandbox.run(Way::bare, compare) == (Outcome{0, ""}));
  BOOST_TEST(sandbox.read("after").find("LD_PRELOAD=libmemfile_preload.so\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_library_is_named_once_and_bare_before_others) {
  const Sandbox sandbox;
  const std::string show = "env -i sh -c \"env -i sh -c 'echo \\$LD_PRELOAD:\\$LD_LIBRARY_PATH:\\$MEMFILE_CONFIG'\"";
  const std::string all = "libmemfile_preload.so:" + library_folders() + ":" + sandbox.rules_file().string() + "\n";
  BOOST_TEST(sandbox.run(Way::bare, show).output == all);
  const std::string kept =
      "env -i LD_PRELOAD='libc.so.6 libm.so.6' LD_LIBRARY_PATH=/none sh -c 'echo $LD_PRELOAD; echo "
      "$LD_LIBRARY_PATH; env sh -c \"echo \\$LD_PRELOAD\"'";
  BOOST_TEST(sandbox.run(Way::bare, kept).output ==
             "libmemfile_preload.so:libc.so.6 libm.so.6\n/none:" + library_folders() +
                 "\nlibmemfile_preload.so:libc.so.6 libm.so.6\n");
}

BOOST_DATA_TEST_CASE(a_library_that_is_named_already_is_not_named_again,
                     data::make({"libmemfile_preload.so", "libm.so.6:libmemfile_preload.so",
                                 "libm.so.6 libmemfile_preload.so"}),
                     preload) {
  const Sandbox sandbox;
  const std::string show = "env -i 'LD_PRELOAD=" + std::string(preload) + "' sh -c 'echo $LD_PRELOAD; echo x >f'";
  BOOST_TEST(sandbox.run(Way::bare, show).output == std::string(preload) + "\n");
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_CASE(a_childs_own_config_and_log_are_its_own) {
  const Sandbox sandbox;
  sandbox.write("own.json", R"({"version": 1, "base": "/", "rules": [{"match": "/none"}]})");
  sandbox.run(Way::bare, "env -i MEMFILE_CONFIG=\"$PWD/own.json\" sh -c 'echo x >f'");
  BOOST_TEST(!sandbox.is_memfile("f"));
  const std::string log = "env -i sh -c 'echo x >g'";
  BOOST_TEST(sandbox.run(Way::bare, log, {"MEMFILE_LOG=stderr"}).output.find("-> ram") != std::string::npos);
  BOOST_TEST(sandbox.run(Way::bare, log).output == "");
}

BOOST_AUTO_TEST_CASE(a_config_means_the_same_where_home_is_gone) {
  const Sandbox sandbox(R"({"version": 1, "base": "~", "rules": [{"match": "f*"}]})");
  const std::string home = "HOME=" + sandbox.folder().string();
  BOOST_TEST(sandbox.run(Way::bare, "env -i sh -c 'env -i sh -c \"echo x >f\"'", {home}).output == "");
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_DATA_TEST_CASE(a_relative_library_is_found_from_everywhere, data::make({"elsewhere", "a folder"}), folder) {
  const Sandbox sandbox;
  sandbox.run(Way::plain, "mkdir d '" + std::string(folder) + "'; cp '" + own_library_folder().string() +
                              "/libmemfile_preload.so' '" + folder + "'; ln -s '" + folder +
                              "' lib; LD_PRELOAD=lib/libmemfile_preload.so MEMFILE_CONFIG='" +
                              sandbox.rules_file().string() + "' env -i sh -c 'cd d; env -i sh -c \"echo x >f\"'");
  BOOST_TEST(sandbox.is_memfile("d/f"));
}

BOOST_DATA_TEST_CASE(
    programs_that_clear_the_environment,
    data::make(preloaded_ways) *
        data::make({"env -i sh -c 'echo x >f'",
                    "/usr/bin/python3 -c 'import subprocess as s; s.run([\"/bin/sh\", \"-c\", \"echo x "
                    ">f\"], env={})'",
                    "/usr/bin/python3 -c 'import subprocess as s; s.run([\"/bin/sh\", \"-c\", \"echo x "
                    ">f\"], env={}, close_fds=False)'",
                    "/usr/bin/python3 -c 'import os; os.posix_spawn(\"/bin/sh\", [\"sh\", \"-c\", \"echo "
                    "x >f\"], {}); os.wait()'",
                    "perl -e '%ENV=(); system(\"echo x >f\")'", "perl -e '%ENV=(); print `echo x >f`'",
                    "perl -e '%ENV=(); exec(\"/bin/sh\", \"-c\", \"echo x >f\")'",
                    "printf 'all:\\n\\tenv -i sh -c \"echo x >f\"\\n' >Makefile; make -s"}),
    way, command) {
  const Sandbox sandbox(quiet_rules);
  const Outcome outcome = sandbox.run(way, command);
  BOOST_TEST(outcome == (Outcome{0, ""}));
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_CASE(vfork_children_leave_nothing_mapped) {
  BOOST_TEST(difference("vfork_execve '' 'echo x >f' , vfork_execve kept 'echo y >>f' , cat f") == "");
}

BOOST_AUTO_TEST_CASE(variadic_arguments_all_arrive) {
  BOOST_TEST(difference("execl_many 'echo $0 $1 $2 $3 $4 $5 $6 $7 $8 $9 ${10}'") == "");
}

BOOST_AUTO_TEST_CASE(a_memfile_is_executed) {
  BOOST_TEST(difference("open f 'wronly|creat' 755 , write 0 '#!/bin/echo' , execve_of f , close 0 , execve_of f , "
                        "execve_of none , creat g , execve_of g , execveat_nofollow none , execveat_nofollow g") == "");
}

BOOST_DATA_TEST_CASE(execveat_without_following_executes_the_ram_file, data::make(possible({"execveat_nofollow"})),
                     call) {
  BOOST_TEST(difference(call + " f", "cp /bin/true f") == "");
  const Sandbox sandbox;
  sandbox.run(Way::bare, "umask 0; cat /bin/true >f; chmod 755 f");
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(answers(sandbox, call + " f") == "execveat_nofollow: status 0\n");
}

BOOST_DATA_TEST_CASE(what_a_file_action_creates_is_a_memfile,
                     data::make({"wronly|creat", "wronly|creat|excl", "rdwr|creat|trunc", "wronly|creat|nofollow"}),
                     flag) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, "spawn_open '' f '" + std::string(flag) + "' 640 'echo text'");
  BOOST_TEST(sandbox.is_memfile("f"), answer);
  BOOST_TEST(sandbox.read("f") == "text\n");
}

BOOST_DATA_TEST_CASE(file_actions_answer_as_on_disk,
                     data::make({"wronly|creat", "wronly|creat|excl", "rdwr|creat|trunc", "wronly|creat|append",
                                 "wronly|creat|nofollow", "wronly|nofollow", "wronly|creat|excl|nofollow", "wronly",
                                 "wronly|path|nofollow"}) *
                         data::make({"640", "400", "000"}) * data::make({"", "creat f 644 , write 0 before , "}),
                     flag, mode, before) {
  BOOST_TEST(difference(std::string(before) + "spawn_open '' f '" + flag + "' " + mode +
                        " 'echo text' , lstat f , cat f , spawn_open '' f '" + flag + "' " + mode +
                        " 'echo more' , cat f") == "");
}

BOOST_DATA_TEST_CASE(a_file_action_after_a_change_of_folder_is_left_alone, data::make({"d", "fd:d"}), folder) {
  const Sandbox sandbox;
  sandbox.run(Way::plain, "mkdir d");
  const std::string answer =
      answers(sandbox, "spawn_open " + std::string(folder) + " f 'wronly|creat' 640 'echo text'");
  BOOST_TEST(sandbox.read("d/f") == "text\n", answer);
  BOOST_TEST(!std::filesystem::exists(sandbox.folder() / "f"));
  answers(sandbox, "spawn_open " + std::string(folder) + " \"$PWD/g\" 'wronly|creat' 640 'echo text'");
  BOOST_TEST(sandbox.is_memfile("g"));
}

BOOST_AUTO_TEST_CASE(a_file_action_on_a_dangling_link_makes_the_file_anew) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove_all(ram.parent_path());
  answers(sandbox, "spawn_open '' f 'wronly|creat|excl' 640 'echo text'");
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "text\n");
}

BOOST_AUTO_TEST_SUITE_END()
