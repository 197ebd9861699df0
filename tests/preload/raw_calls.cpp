#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(raw_calls)

BOOST_DATA_TEST_CASE(what_a_raw_call_creates_is_a_memfile,
                     data::make(possible({"raw open f 'wronly|creat' 640", "raw openat f 'wronly|creat' 640",
                                          "raw creat f 640", "raw openat2 f 'wronly|creat' 640",
                                          "raw openat2 f 'wronly|creat' 640 4", "raw openat2 f 'wronly|creat' 640 8",
                                          "raw openat2 ./f 'wronly|creat|excl' 640 1", "raw execve 'echo bytes >f'",
                                          "raw execveat 'echo bytes >f'"})),
                     step) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, step);
  BOOST_TEST(sandbox.is_memfile("f"), answer);
}

BOOST_DATA_TEST_CASE(raw_calls_answer_as_on_disk,
                     data::make({"raw open f rdwr",
                                 "raw open f 'rdwr|creat|excl' 600",
                                 "raw openat f 'rdonly|nofollow'",
                                 "raw openat g 'rdwr|creat' 4711",
                                 "raw creat f 640",
                                 "raw stat f",
                                 "raw access f",
                                 "raw access g",
                                 "raw lstat f",
                                 "raw newfstatat f",
                                 "raw statx f",
                                 "raw readlink f",
                                 "raw readlinkat f",
                                 "raw unlink f",
                                 "raw unlinkat f",
                                 "raw rename f g",
                                 "raw renameat f g",
                                 "raw renameat2 f g",
                                 "raw mkdir g",
                                 "raw mkdirat f",
                                 "raw rmdir f",
                                 "raw mknod g",
                                 "raw mknodat f",
                                 "raw symlink f g",
                                 "raw symlinkat x f",
                                 "raw faccessat f",
                                 "raw faccessat2 g",
                                 "raw chown f",
                                 "raw lchown f",
                                 "raw fchownat f",
                                 "raw fchmodat2 f 600",
                                 "raw utimensat f",
                                 "raw futimens",
                                 "raw link none g",
                                 "raw linkat none g",
                                 "raw lgetxattr none",
                                 "raw lsetxattr none",
                                 "raw llistxattr none",
                                 "raw lremovexattr none",
                                 "raw open BAD 'rdwr|creat'",
                                 "raw statx BAD",
                                 "raw openat2 BAD 'rdwr|creat'",
                                 "raw execve 'echo text; cat f; exit 3'",
                                 "raw execveat 'echo text; cat f; exit 3'",
                                 "raw getdents64",
                                 "raw getpid",
                                 "raw none",
                                 "raw negative",
                                 "raw mmap"}),
                     step) {
  BOOST_TEST(difference("creat f 644 , write 0 text , " + std::string(step) + " , lstat f , stat g , cat f") == "");
}

// The child runs on its parent's stack: a frame of the library's there would be gone when the parent returns to it.
BOOST_AUTO_TEST_CASE(a_raw_vfork_returns_twice_to_the_program) {
  const Sandbox sandbox;
  for (const Way way : {Way::plain, Way::bare}) {
    BOOST_TEST(answers(sandbox, "raw vfork", way) == "raw: status 1792\n");
  }
  const std::string when_off = "'" + probe().string() + "' raw vfork";
  BOOST_TEST(sandbox.run(Way::bare, when_off, {"MEMFILE=0"}) == (Outcome{0, "raw: status 1792\n"}));
}

// RESOLVE_NO_XDEV 1, NO_MAGICLINKS 2, NO_SYMLINKS 4, BENEATH 8, IN_ROOT 16, CACHED 32.
BOOST_DATA_TEST_CASE(openat2_holds_its_flags_as_on_disk,
                     data::make({"0", "1", "2", "4", "8", "16", "12", "64"}) *
                         data::make({"f", "../files/f", "\"$PWD/f\"", "d/f", "linked/f", "/f", "none"}),
                     resolve, path) {
  std::string steps = "creat f 644 , write 0 text , mkdir d 755 , creat d/f , write 1 deep";
  for (const char* flags : {"rdonly", "rdonly|nofollow", "rdwr|creat", "wronly|creat|excl"}) {
    steps += std::string(" , raw openat2 ") + path + " '" + flags + "' 640 " + resolve;
  }
  BOOST_TEST(difference(steps + " , lstat f , lstat none", "ln -s d linked") == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(filtering)

const std::string all_kinds =
    "creat g , open h 'rdwr|creat|excl' 600 , lstat g , lstat h , fopen i w , unlink g , rename h j , mkstemp tXXXXXX "
    ", "
    "raw openat k 'rdwr|creat' 600 , raw lstat k , posix_spawn kept 'echo x >l; cat l' , posix_spawn '' 'echo y >m; "
    "cat "
    "m' , system kept 'cat l' , execve kept 'cat m'";

BOOST_DATA_TEST_CASE(a_program_lives_behind_its_filter, data::make({"prctl", "raw_prctl", "raw_seccomp"}), way) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, "filter " + std::string(way) + " , " + all_kinds);
  BOOST_TEST(answer.find("exit code") == std::string::npos, answer);
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(difference("filter " + std::string(way) + " , " + all_kinds) == "");
}

BOOST_DATA_TEST_CASE(a_filter_that_is_refused_changes_nothing,
                     data::make({"refused_prctl", "refused_seccomp", "asked_seccomp"}), way) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, "filter " + std::string(way) + " , creat f");
  BOOST_TEST(sandbox.is_memfile("f"), answer);
  BOOST_TEST(difference("filter " + std::string(way) + " , creat f , lstat f") == "");
}

BOOST_AUTO_TEST_SUITE_END()
