#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

// Somebody else where this may be given away, else this user.
std::string receiver() { return std::to_string(geteuid() == 0 ? 12345 : geteuid()); }

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

// Each does what would not be seen, had the link been meant.
BOOST_DATA_TEST_CASE(what_a_raw_call_changes_is_the_ram_file,
                     data::make({"raw link f g , cat g", "raw linkat f g , cat g",
                                 "raw lsetxattr f , raw lgetxattr f , raw llistxattr f , lgetxattr f user.x",
                                 "raw lsetxattr f , raw lremovexattr f , raw lgetxattr f , llistxattr f",
                                 "raw utimensat-nofollow f , times f", "raw fchmodat2-nofollow f 751 , attributes f",
                                 "raw chmod f 751 , attributes f", "raw fchmodat f 751 , attributes f",
                                 "raw faccessat2-nofollow f", "raw readlink f", "raw readlinkat f", "raw lstat f",
                                 "raw newfstatat f", "raw statx f", "raw rename f g , cat g",
                                 "raw renameat f g , cat g", "raw renameat2 f g , cat g",
                                 "raw open f 'rdonly|nofollow' , read 1", "raw openat f 'rdwr|nofollow' , read 1"}),
                     steps) {
  BOOST_TEST(difference("creat f 644 , write 0 text , " + std::string(steps) + " , lstat f , lstat g , stat f") == "");
}

BOOST_DATA_TEST_CASE(a_raw_removal_frees_the_ram_file,
                     data::make({"raw unlink f", "raw unlinkat f", "creat g , raw rename g f , raw unlink f",
                                 "creat g , raw renameat g f , raw unlink f",
                                 "creat g , raw renameat2 g f , raw unlink f"}),
                     steps) {
  const Sandbox sandbox;
  answers(sandbox, std::string("creat f , ") + steps);
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_DATA_TEST_CASE(a_raw_change_of_owner_takes_the_link_along,
                     data::make({"chown-to", "lchown-to", "fchownat-nofollow"}), call) {
  const Sandbox sandbox;
  const std::string steps = "creat f , raw " + std::string(call) + " f " + receiver() + " , attributes f";
  answers(sandbox, steps);
  struct stat status {};
  BOOST_TEST(lstat((sandbox.folder() / "f").c_str(), &status) == 0);
  BOOST_TEST(std::to_string(status.st_uid) == receiver());
  BOOST_TEST(stat((sandbox.folder() / "f").c_str(), &status) == 0);
  BOOST_TEST(std::to_string(status.st_uid) == receiver());
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_absent_to_a_raw_call,
                     data::make({"raw mkdir f",
                                 "raw mkdirat f",
                                 "raw mknod f",
                                 "raw mknodat f",
                                 "raw symlink x f",
                                 "raw symlinkat x f",
                                 "raw lstat f",
                                 "raw newfstatat f",
                                 "raw statx f",
                                 "raw readlink f",
                                 "raw unlink f",
                                 "raw unlinkat f",
                                 "raw rename f g",
                                 "raw open f 'rdwr|creat|excl' 640",
                                 "raw openat f 'rdonly|nofollow'",
                                 "raw lchown f",
                                 "raw link f g",
                                 "creat g , raw link g f",
                                 "creat g , raw linkat g f",
                                 "raw openat2 f 'rdwr|creat' 640",
                                 "raw creat f 640"}),
                     step) {
  BOOST_TEST(difference(std::string(step) + " , lstat f , lstat g", dangling("f")) == "");
}

BOOST_AUTO_TEST_CASE(a_raw_rmdir_clears_dangling_links) {
  BOOST_TEST(difference("raw rmdir d , lstat d", "mkdir d && " + dangling("d/f")) == "");
}

// What SQLite made beside the RAM file, without the library.
BOOST_DATA_TEST_CASE(a_raw_call_finds_a_companion_from_outside,
                     data::make({"stat", "access", "faccessat", "faccessat2", "lstat", "newfstatat", "statx"}), call) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  sandbox.run(Way::plain, "touch \"$(readlink f)-wal\"");
  const std::string answer = answers(sandbox, "raw " + std::string(call) + " f-wal");
  BOOST_TEST(answer.starts_with("raw: done, errno kept"), answer);
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
