// Programs that act as several users, and folders that belong to others.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::string open_to_all = "mount -t tmpfs -o mode=1777,size=1m none store; chmod 777 work\n";
const std::string shared = "mkdir -m 1777 store/memfile\n";

// A file as root, one as 54321, and one as root again.
const std::vector<Work> changing{
    {"the probe", R"("$probe" creat a , write 0 one , seteuid 54321 , creat b , write 1 two , lstat a , lstat b , \
  seteuid 0 , creat c , write 2 three , lstat b , cat b)"},
    {"setpriv", R"(echo one >a; setpriv --reuid 54321 sh -c 'echo two >b; cat a b'; echo three >c; cat b)"},
    {"Python", R"(/usr/bin/python3 - <<'P'
import os
open('a', 'w').write('one')
os.seteuid(54321)
open('b', 'w').write('two')
print(os.lstat('a').st_uid, os.lstat('b').st_uid, open('a').read())
os.seteuid(0)
open('c', 'w').write('three')
print(os.lstat('b').st_uid, open('b').read())
P)"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(users)

BOOST_DATA_TEST_CASE(each_file_is_in_the_store_of_who_made_it,
                     data::make(changing) * data::make({"memfile-", "memfile/"}), work, form) {
  const bool is_shared = std::string(form) == "memfile/";
  Trouble trouble{form, open_to_all + (is_shared ? shared : ""),
                  std::string("store/") + form + "54321\nstore/" + form + "ME\n"};
  trouble.afterwards = "stat -c '%u %U' store/" + std::string(form) +
                       "* | cut -d' ' -f1; readlink work/b | grep -o 'memfile.[0-9][0-9]*'";
  BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, work.lines).afterwards ==
             "0\n54321\n" + std::string(form) + "54321\n");
}

// What the machine says of others' files and links in sticky folders (fs.protected_*) holds for memfiles.
BOOST_AUTO_TEST_CASE(a_sticky_folder_protects_what_others_made_there) {
  const Trouble trouble{"", open_to_all + "chmod 1777 work", "store/memfile-ME\n"};
  const std::string lines = R"(setpriv --reuid 54321 sh -c 'echo user >a; echo user >b'
echo root 2>/dev/null >>a || echo refused; /usr/bin/python3 -c 'open("b", "w").write("root")' 2>/dev/null || echo refused
setpriv --reuid 54321 sh -c 'cat a b; rm a b'; : >own)";
  BOOST_TEST(difference(trouble, Mounts::own, lines) == "");
}

BOOST_AUTO_TEST_CASE(root_removes_and_replaces_what_users_made) {
  const Trouble trouble{"", open_to_all, "store/memfile-ME\n"};
  BOOST_TEST(difference(trouble, Mounts::own,
                        "setpriv --reuid 54321 sh -c 'for f in a b c; do echo user >$f; done'; rm a; echo root >r; "
                        "mv r b; cat b; echo more >>c; cat c; rm c; ls") == "");
}

// What changed its place for a rename over the rules' border goes back when the kernel refuses that.
BOOST_AUTO_TEST_CASE(a_rename_that_is_refused_changes_nothing) {
  Trouble trouble{"a folder that is not the user's",
                  open_to_all + "mkdir work/others; touch work/others/old work/others/old.ram",
                  "disk\nstore/memfile-ME\n"};
  trouble.user = "54321";
  trouble.match = "*.ram";
  trouble.afterwards = "find work -printf '%P %y\n' | sort; find store -path '*/.owed/*/*'";
  const std::string lines =
      "echo one >a.ram; echo two >b; for to in others/new others/old; do mv -T a.ram $to; mv -T b $to.ram; done; cat "
      "a.ram b";
  BOOST_TEST(difference(trouble, Mounts::own, lines) == "");
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, lines).afterwards ==
             " d\na.ram l\nb f\nothers d\nothers/old f\nothers/old.ram f\n");
}

// On disk the kernel gives the folder's group to a file, whoever creates it. Who is not in the group cannot.
BOOST_DATA_TEST_CASE(a_folders_group_that_cannot_be_given, data::make(works), work) {
  Trouble trouble{"setgid", open_to_all + "chgrp 4711 work; chmod 2777 work", "disk\n"};
  trouble.user = "54321";
  BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
}

BOOST_DATA_TEST_CASE(a_folders_group_that_can_be_given, data::make(works), work) {
  const Trouble trouble{"setgid", open_to_all + "chgrp 4711 work; chmod 2777 work", "store/memfile-ME\n"};
  BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
}

BOOST_AUTO_TEST_CASE(modes_in_a_setgid_folder_are_a_disks) {
  std::string steps = "umask 0; \"$probe\"";
  for (const char* mode : {"4755", "2755", "2745", "6711", "6644", "1600"}) {
    steps += std::string(" open f") + mode + " 'rdwr|creat' " + mode + " , lstat f" + mode + " ,";
  }
  const Trouble trouble{"setgid", open_to_all + "chgrp 4711 work; chmod 2777 work", "store/memfile-ME\n"};
  BOOST_TEST(difference(trouble, Mounts::own, steps + " lstat .") == "");
}

BOOST_AUTO_TEST_SUITE_END()
