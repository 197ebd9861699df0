// What still shows, as docs/limits.md tells it, and takes root or a kernel that refuses nothing to show.
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;

const std::string quoted_probe = "\"" + probe().string() + "\"";

std::string answers(const Sandbox& sandbox, const std::string& steps) {
  return sandbox.run(Way::bare, quoted_probe + " " + steps).output;
}

// In a mount namespace with a /dev/shm of its own, of 1 MiB.
std::string in_own_namespace(const std::string& command) {
  return "unshare -m sh -c 'mount -t tmpfs -o size=1m memfile-test /dev/shm && " + command + "'";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_chroot_has_no_store) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  BOOST_TEST(answers(sandbox, "open f rdonly , chroot . /f") ==
             "open: done, errno kept\nchroot: failed, errno ENOENT\n");
}

BOOST_AUTO_TEST_CASE(in_a_namespace_with_its_own_store_a_link_dangles) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  const std::string command = in_own_namespace("[ -L f ] && ! [ -e f ] && echo dangling");
  BOOST_TEST(sandbox.run(Way::plain, command).output == "dangling\n");
}

BOOST_AUTO_TEST_CASE(another_user_who_removes_a_memfile_leaves_an_orphan) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo text >f");
  sandbox.run(Way::plain, "chmod 777 . ..");
  BOOST_TEST(sandbox.run(Way::bare, "setpriv --reuid 12345 --regid 12345 --clear-groups rm -f f; ls") == Outcome{});
  BOOST_TEST(sandbox.ram_files().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_immutable_memfile_can_be_removed_and_its_bytes_are_kept) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "echo text >f");
  const std::string ram = quoted(std::filesystem::read_symlink(sandbox.folder() / "f"));
  BOOST_TEST(sandbox.run(Way::bare, "chattr +i f; echo more 2>/dev/null >f; rm -f f; ls") == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, "cat " + ram + "; chattr -i " + ram).output == "text\n");
}

BOOST_AUTO_TEST_CASE(a_mapping_on_a_full_store_ends_the_program) {
  const Sandbox sandbox;
  const std::string step = quoted_probe + " map f 4000000";
  BOOST_TEST(sandbox.run(Way::plain, step).exit_code == 0);
  std::filesystem::remove(sandbox.folder() / "f");
  BOOST_TEST(sandbox.run(Way::bare, in_own_namespace(step)).exit_code == 128 + 7);
}

BOOST_AUTO_TEST_CASE(a_setuid_program_writes_to_disk) {
  const Sandbox sandbox;
  std::filesystem::permissions(sandbox.folder().parent_path(), std::filesystem::perms(0755));
  const std::string as_user = "setpriv --reuid 12345 --regid 12345 --clear-groups ./copy creat f";
  BOOST_TEST(sandbox.run(Way::plain, "cp " + quoted_probe + " copy && chmod 4755 copy").exit_code == 0);
  const Outcome outcome = sandbox.run(Way::bare, as_user);
  BOOST_TEST(outcome.exit_code == 0, outcome.output);
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")));
}

BOOST_AUTO_TEST_CASE(an_io_uring_goes_past_the_library) {
  const Sandbox sandbox;
  BOOST_TEST(answers(sandbox, "io_uring f") == "io_uring: done, errno kept\n");
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")));
}

BOOST_AUTO_TEST_CASE(fexecve_from_a_noexec_store_fails) {
  const Sandbox sandbox;
  const std::string execute =
      "import os\nfd = os.open(\"s\", os.O_CREAT | os.O_RDWR, 0o600)\nos.write(fd, open(\"/bin/true\", "
      "\"rb\").read())\n"
      "os.fchmod(fd, 0o755)\nos.close(fd)\n"
      "try: os.execve(os.open(\"s\", os.O_RDONLY), [\"s\"], os.environ)\nexcept OSError as error: print(error.errno)\n";
  sandbox.write("execute.py", execute);
  const std::string noexec = "mount -o remount,noexec /dev/shm && exec python3 execute.py";
  BOOST_TEST(sandbox.run(Way::bare, in_own_namespace(noexec)).output == "13\n");
  BOOST_TEST(sandbox.run(Way::plain, "rm s; python3 execute.py").output == "");
}

BOOST_AUTO_TEST_SUITE_END()
