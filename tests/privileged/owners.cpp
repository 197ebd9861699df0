// Memfiles that are given from one user to another.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "store/handover.hpp"
#include "store/look.hpp"
#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;
namespace store = memfile::store;

// Runs lines of sh in a folder like /tmp, with a /dev/shm of their own. `as USER STEP...` runs the probe as that user.
std::string outcome(Way way, const std::string& lines) {
  const Sandbox sandbox;
  const std::string in_ram =
      way == Way::plain
          ? "env"
          : "env 'LD_LIBRARY_PATH=" + library_folder().string() +
                "' LD_PRELOAD=libmemfile_preload.so 'MEMFILE_CONFIG=" + sandbox.rules_file().string() + "'";
  sandbox.write("../script",
                "mount -t tmpfs none /dev/shm; chmod 1777 /dev/shm . ; chmod 755 .. ; umask 022\n"
                "as() { u=$1; shift; setpriv --reuid $u --regid $u --clear-groups " +
                    in_ram + " '" + probe().string() + "' \"$@\"; }\n" + lines + "\n");
  return sandbox.run(Way::plain, "unshare -m sh ../script").output;
}

std::string difference(const std::string& lines) {
  const std::string on_disk = outcome(Way::plain, lines);
  const std::string on_memfiles = outcome(Way::bare, lines);
  return on_disk == on_memfiles ? "" : "on disk:\n" + on_disk + "on memfiles:\n" + on_memfiles;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(owners)

BOOST_AUTO_TEST_CASE(who_was_given_a_file_in_a_sticky_folder_may_remove_it) {
  for (const char* call : {"chown", "lchown", "fchownat", "fchownat-follow"}) {
    BOOST_TEST(difference("as 0 creat f , write 0 text , " + std::string(call) +
                          " f 54321 54321; as 54321 attributes f , cat f , unlink f; ls -A") == "");
  }
}

BOOST_AUTO_TEST_CASE(who_gave_it_away_may_not) {
  BOOST_TEST(difference("as 54321 creat f; as 0 lchown f 54322 -1; as 54321 unlink f; as 54322 unlink f; ls -A") == "");
}

// Killed at any point, a memfile that goes from hand to hand is still one.
BOOST_AUTO_TEST_CASE(a_memfile_is_one_at_every_step) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "'" + probe().string() + "' creat f , chown f 54321 -1");
  const std::string path = (sandbox.folder() / "f").string();
  const store::At at{AT_FDCWD, path.c_str()};
  store::RamPath ram;
  store::Handover handover(at);
  handover.begin();
  BOOST_TEST((store::look(at, ram) == store::Standing::memfile));
  BOOST_TEST(chown(path.c_str(), 54322, static_cast<gid_t>(-1)) == 0);
  BOOST_TEST((store::look(at, ram) == store::Standing::memfile));
  handover.finish(ram.c_str());
  BOOST_TEST((store::look(at, ram) == store::Standing::memfile));
  struct stat link {};
  BOOST_TEST(lstat(path.c_str(), &link) == 0);
  BOOST_TEST(link.st_uid == 54322U);
}

// Root works on what lies in somebody else's store.
BOOST_AUTO_TEST_CASE(root_changes_a_users_memfile) {
  BOOST_TEST(difference("as 54321 creat f , write 0 text; as 0 lchown f 54322 54322 , lchmod f 640 , lutimes f , "
                        "lsetxattr f user.name value , attributes f , times f; "
                        "as 54321 cat f , lgetxattr f user.name; as 54322 cat f , lgetxattr f user.name , unlink f") ==
             "");
}

BOOST_AUTO_TEST_CASE(a_link_into_another_folder_is_not_a_users_store) {
  const std::string prepare =
      "as 54321 creat f; mkdir /dev/shm/victim; echo x >/dev/shm/victim/f; cd /dev/shm/memfile-54321; d=$(ls); "
      "setpriv --reuid 54321 --clear-groups mv $d aside; setpriv --reuid 54321 --clear-groups ln -s ../victim $d; "
      "cd - >/dev/null; ";
  for (const char* call : {"lchown f 54321 -1", "lchmod f 777", "fchownat f 54321 -1"}) {
    const std::string answer = outcome(Way::bare, prepare + "as 0 " + call + "; stat -c '%u %a' /dev/shm/victim/f");
    BOOST_TEST(answer.ends_with("\n0 644\n"), answer);
  }
}

BOOST_AUTO_TEST_SUITE_END()
