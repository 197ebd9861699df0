// What still shows, as docs/limits.md tells it: a test that fails here may be good news, and the page has to say so.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

// Of everything but what ends in .disk.
const std::string rules = R"({"version": 1, "base": "@", "rules": [{"match": "*", "except": "*.disk"}]})";

std::string output(const Sandbox& sandbox, const std::string& command, Way way = Way::bare) {
  return sandbox.run(way, command).output;
}

std::string answer_where_it_dangles(const std::string& steps) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove(ram);
  return answers(sandbox, steps);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_memfile_is_on_another_device_than_its_folder) {
  const std::string command = "echo x >f; [ $(stat -c %d f) = $(stat -c %d .) ] && echo same";
  BOOST_TEST(output(Sandbox(), command, Way::plain) == "same\n");
  BOOST_TEST(output(Sandbox(), command) == "");
}

BOOST_AUTO_TEST_CASE(du_that_stays_on_one_device_leaves_memfiles_out) {
  BOOST_TEST(output(Sandbox(), "echo x >f; du -xa", Way::plain).find("./f") != std::string::npos);
  BOOST_TEST(output(Sandbox(), "echo x >f; du -xa").find("./f") == std::string::npos);
}

// No limit: these look at the devices of folders only.
BOOST_DATA_TEST_CASE(others_that_stay_on_one_device_take_memfiles_along,
                     data::make({"find . -xdev -name f", "tar --one-file-system -cf - . | tar -tf - ./f",
                                 "mkdir d && echo x >d/f && rm --one-file-system -rv d", "cp -ax f g && ls g"}),
                     command) {
  const std::string whole = std::string("echo x >f; ") + command + " 2>/dev/null";
  BOOST_TEST(output(Sandbox(), whole) == output(Sandbox(), whole, Way::plain));
}

BOOST_AUTO_TEST_CASE(statfs_and_pathconf_tell_of_the_store) {
  const Sandbox sandbox;
  const std::string command = "echo x >f; stat -f -c %T f; getconf LINK_MAX f";
  BOOST_TEST(output(sandbox, command) == "tmpfs\n127\n");
}

BOOST_DATA_TEST_CASE(so_does_each_call_about_a_file_system,
                     data::make({"statfs f", "statfs64 f", "__statfs f", "statvfs f", "statvfs64 f", "pathconf f",
                                 "fpathconf 0"}),
                     step) {
  const std::string name = std::string(step).substr(0, std::string(step).find(' '));
  const std::string expected = name.find("pathconf") != std::string::npos ? "127"
                               : name.find("statv") != std::string::npos  ? "done, errno kept, the store's"
                                                                          : "done, errno kept, tmpfs";
  const std::string answer = answers(Sandbox(), std::string("creat f , ") + step);
  BOOST_TEST(answer.ends_with(name + ": " + expected + "\n"), answer);
}

BOOST_AUTO_TEST_CASE(a_rename_leaves_the_change_time) {
  const std::string command =
      "echo x >f; a=$(stat -c %z f); sleep 0.1; mv f g; [ \"$a\" = \"$(stat -c %z g)\" ] && echo same";
  BOOST_TEST(output(Sandbox(), command, Way::plain) == "");
  BOOST_TEST(output(Sandbox(), command) == "same\n");
}

BOOST_AUTO_TEST_CASE(a_link_that_is_looked_at_was_accessed) {
  const std::string command = "ln -s x l; touch -h -d @1000 l; stat -c %X l; stat -c %X l";
  BOOST_TEST(output(Sandbox(), command, Way::plain) == "1000\n1000\n");
  BOOST_TEST(output(Sandbox(), command) != "1000\n1000\n");
}

BOOST_AUTO_TEST_CASE(a_folder_that_leaves_the_rules_stays_in_ram) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "d/**"}]})");
  answers(sandbox, "mkdir d 755 , mkdir d/e 755 , creat d/e/f , rename d/e out");
  BOOST_TEST(sandbox.is_memfile("out/f"));
  BOOST_TEST(sandbox.owed().empty());
}

BOOST_AUTO_TEST_CASE(a_notice_of_a_folder_hears_no_writes) {
  const std::string command =
      "python3 -c \"import fcntl, os, signal\nheard = []\nsignal.signal(signal.SIGIO, lambda *_: heard.append(1))\n"
      "folder = os.open('.', os.O_RDONLY)\nfile = os.open('f', os.O_WRONLY | os.O_CREAT)\n"
      "fcntl.fcntl(folder, fcntl.F_NOTIFY, fcntl.DN_MODIFY)\nos.write(file, b'x')\nprint(len(heard))\"";
  BOOST_TEST(output(Sandbox(), command, Way::plain) == "1\n");
  BOOST_TEST(output(Sandbox(), command) == "0\n");
}

BOOST_AUTO_TEST_CASE(a_watch_of_a_folder_hears_no_writes) {
  BOOST_TEST(output(Sandbox(), "'" + probe().string() + "' creat f , inotify . f", Way::plain) ==
             "creat: done, errno kept\ninotify: done, errno kept, modified, closed\n");
  BOOST_TEST(answers(Sandbox(), "creat f , inotify . f") == "creat: done, errno kept\ninotify: done, errno kept\n");
  BOOST_TEST(answers(Sandbox(), "creat f , inotify f f") ==
             "creat: done, errno kept\ninotify: done, errno kept, modified, closed\n");
}

BOOST_AUTO_TEST_CASE(a_walk_on_one_device_that_follows_leaves_memfiles_out) {
  const std::string steps = "creat f , nftw mount . , nftw phys,mount .";
  BOOST_TEST(answers(Sandbox(), steps, Way::plain).find("f:") != std::string::npos);
  const std::string answer = answers(Sandbox(), steps);
  const std::size_t second = answer.rfind("nftw:");
  BOOST_TEST(answer.substr(0, second).find("f:") == std::string::npos, answer);
  BOOST_TEST(answer.substr(second).find("f:") != std::string::npos, answer);
}

BOOST_AUTO_TEST_CASE(a_descriptor_of_what_was_renamed_and_removed_tells_where_it_was_made) {
  const std::string steps = "creat f , rename f g , unlink g , proc-readlink fd:0";
  BOOST_TEST(answers(Sandbox(), steps, Way::plain).ends_with("@/g (deleted)\n"));
  BOOST_TEST(answers(Sandbox(), steps).ends_with("@/f (deleted)\n"));
}

BOOST_AUTO_TEST_CASE(a_git_without_the_library_wants_no_head_that_is_a_link) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::bare, "git init -q repo && git -C repo status -s") == Outcome{});
  BOOST_TEST(sandbox.run(Way::plain, "git -C repo status -s").exit_code == 128);
}

BOOST_AUTO_TEST_CASE(a_folder_made_private_later_lets_others_reach_its_ram_files) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::bare, "umask 022; mkdir d; echo x >d/f; chmod 700 d") == Outcome{});
  BOOST_TEST(output(sandbox, "stat -c %a \"$(dirname \"$(readlink d/f)\")\"", Way::plain) == "711\n");
}

BOOST_AUTO_TEST_CASE(a_file_action_creates_its_file_when_it_is_added) {
  const std::string steps =
      "spawn_open '' f 'wronly|creat|excl' 640 'echo one' , spawn_open '' f 'wronly|creat|excl' "
      "640 'echo two' , lstat f";
  BOOST_TEST(answers(Sandbox(), steps).ends_with("file 640 size 4 nlink 1\n"));
}

BOOST_AUTO_TEST_CASE(a_default_acl_is_not_inherited) {
  const std::string command = "setfacl -d -m u:12345:rwx . && echo x >f && getfacl -c f";
  BOOST_TEST(output(Sandbox(), command, Way::plain).find("user:12345:") != std::string::npos);
  BOOST_TEST(output(Sandbox(), command) == "user::rw-\ngroup::r--\nother::r--\n\n");
}

BOOST_AUTO_TEST_CASE(a_static_program_writes_to_disk) {
  const Sandbox sandbox;
  const std::string program = "'" + static_writer().string() + "' f";
  BOOST_TEST(sandbox.run(Way::bare, program).exit_code == 0);
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "x");
}

BOOST_DATA_TEST_CASE(the_store_knows_fewer_fallocate_modes, data::make({"-z", "-c", "-i"}), mode) {
  const Sandbox sandbox;
  const std::string command = "head -c 16384 /dev/zero >f; fallocate -o 0 -l 4096 f " + std::string(mode);
  BOOST_TEST(output(sandbox, command) == "fallocate: fallocate failed: Operation not supported\n");
}

BOOST_DATA_TEST_CASE(bytes_are_not_shared_between_disk_and_store, data::make({"copy_file_range", "ficlone"}), call) {
  const Sandbox sandbox(rules);
  BOOST_TEST(answers(sandbox, std::string("creat f , write 0 x , creat f.disk , ") + call + " f f.disk")
                 .ends_with("failed, errno EXDEV\n"));
}

BOOST_DATA_TEST_CASE(the_writers_of_utmp_make_no_file_again, data::make({"updwtmp", "updwtmpx"}), call) {
  const std::string name(call);
  BOOST_TEST(answers(Sandbox(), "creat f , " + name + " f").ends_with(name + ": one record\n"));
  BOOST_TEST(answer_where_it_dangles(name + " f") == name + ": failed, errno ENOENT\n");
}

BOOST_DATA_TEST_CASE(nor_do_those_of_a_file_that_utmpname_or_utmpxname_named, data::make({"pututline", "pututxline"}),
                     call) {
  const std::string step = std::string(call) + " \"$PWD/f\"";
  BOOST_TEST(difference("creat f , " + step) == "");
  BOOST_TEST(answer_where_it_dangles(step).ends_with("failed, errno ENOENT, no file\n"));
}

BOOST_AUTO_TEST_CASE(a_program_in_ram_has_its_origin_in_the_store) {
  const std::string command =
      "mkdir bin lib; echo 'int answer(void) { return 0; }' >answer.c; "
      "echo 'int answer(void); int main(void) { return answer(); }' >main.c; "
      "gcc -shared -fPIC -o lib/libanswer.so answer.c; "
      "gcc -o bin/program main.c -Llib -lanswer '-Wl,-rpath,$ORIGIN/../lib'; bin/program 2>/dev/null; echo $?";
  const std::string on_disk = R"({"version": 1, "base": "@", "rules": [{"match": "*", "except": "bin/*"}]})";
  BOOST_TEST(output(Sandbox(), command, Way::plain) == "0\n");
  BOOST_TEST(output(Sandbox(), command) == "127\n");
  BOOST_TEST(output(Sandbox(on_disk), command) == "0\n");
}

BOOST_AUTO_TEST_CASE(what_is_open_when_its_program_ends_stays_owed) {
  const Sandbox sandbox(rules);
  answers(sandbox, "creat f , write 0 text , rename f f.disk");
  answers(sandbox, "creat f , close 0");
  BOOST_TEST(sandbox.is_memfile("f.disk"));
  BOOST_TEST(sandbox.owed().size() == 1U);
}

// What limits.md says can be done about it.
BOOST_DATA_TEST_CASE(what_stayed_owed_is_saved_later,
                     data::make({"rename f.disk g.disk , rename g.disk f.disk", "creat f , rename f g.disk , close 0"}),
                     steps) {
  const Sandbox sandbox(rules);
  answers(sandbox, "creat f , write 0 text , rename f f.disk");
  answers(sandbox, steps);
  BOOST_TEST(!sandbox.is_memfile("f.disk"));
  BOOST_TEST(sandbox.read("f.disk") == "text");
  BOOST_TEST(sandbox.owed().empty());
}

BOOST_AUTO_TEST_CASE(without_descriptors_a_removal_leaves_an_orphan) {
  const Sandbox sandbox;
  BOOST_TEST(answers(sandbox, "creat f , use-up-descriptors , unlink f , lstat f") ==
             "creat: done, errno kept\nuse-up-descriptors: done, errno kept\nunlink: done, errno kept\nlstat: failed, "
             "errno ENOENT\n");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_descriptors_a_dangling_link_is_in_a_folders_way) {
  BOOST_TEST(answer_where_it_dangles("use-up-descriptors , mkdir f").ends_with("mkdir: failed, errno EEXIST\n"));
}

BOOST_AUTO_TEST_SUITE_END()
