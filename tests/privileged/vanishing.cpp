// A store that is taken away while a program runs.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::string mounted = "mount -t tmpfs -o mode=1777,size=1m none store\n";

// In a store that was made again, the link dangles, and to a program nothing is there.
const std::string give_up = "\nrm -f lost; MEMFILE=0 rm -f lost";

// The program says "now" and goes on when the store is gone. What it created before lived in RAM, and is given up.
std::string around(const std::string& before, const std::string& after) {
  return before + "\nprintf 'now\\n' >../now; until [ -e ../gone ]; do sleep 0.05; done\n" + after + give_up;
}

std::string remover(const std::string& command) {
  return "mkfifo now; chmod 622 now; { read -r word <now; (" + command + ") || true; : >gone; } &\n";
}

struct Vanishing {
  const char* name;
  const char* command;
  const char* place_of_user;
  const char* place_of_root;
};
std::ostream& operator<<(std::ostream& stream, const Vanishing& vanishing) { return stream << vanishing.name; }

// Where a mount is gone, a user finds a folder that is root's, and root one that is good enough.
const std::vector<Vanishing> vanishings{
    {"unmounted", "umount -l store", "disk\n", "store/memfile-ME\n"},
    {"removed", "rm -rf store/memfile-*", "store/memfile-ME\n", "store/memfile-ME\n"},
    {"covered by a read-only one", "mount -t tmpfs -o ro none store", "disk\n", "disk\n"},
    // Where a link stood before that cannot be proved any more: its RAM file would be left.
    {"key removed", "rm -rf store/memfile-*/.private store/memfile-*/*/lost", "store/memfile-ME\n",
     "store/memfile-ME\n"},
    {"another in its place", "rm -rf store/memfile-*; mkdir store/memfile-0 store/memfile-54321", "disk\n", "disk\n"},
};

const std::vector<Work> survivors{
    {"a shell", around("echo one >lost; exec 3<>lost",
                       "echo two >f; echo more >>f; cat f; mv f g; set -C; echo x >g || echo no; mkdir d; echo d >d/f; "
                       "echo four >&3; cat <&3")},
    {"Python", R"(/usr/bin/python3 - <<'P'
import os, time
lost = open('lost', 'w+')
lost.write('before\n'); lost.flush()
with open('../now', 'w') as f: f.write('now\n')
while not os.path.exists('../gone'): time.sleep(0.05)
lost.write('after\n'); lost.seek(0); print(lost.read())
with open('f', 'x') as f: f.write('one\n')
os.replace('f', 'g'); print(open('g').read(), sorted(n for n in os.listdir() if n != 'lost'))
os.unlink('g')
with open('h', 'a') as f: f.write('one\n')
P
)" + give_up},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(vanishing)

BOOST_DATA_TEST_CASE(creates_go_on, data::make(vanishings) * data::make(survivors), vanishing, work) {
  for (const char* user : {"", "54321"}) {
    const bool is_root = *user == '\0';
    Trouble trouble{vanishing.name, mounted + remover(vanishing.command),
                    is_root ? vanishing.place_of_root : vanishing.place_of_user};
    trouble.user = user;
    BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
  }
}

BOOST_AUTO_TEST_CASE(a_lost_file_can_be_created_again) {
  Trouble trouble{"removed", mounted + remover("rm -rf store/memfile-*"), "store/memfile-ME\n"};
  const std::string lines =
      "echo one >f; printf 'now\\n' >../now; until [ -e ../gone ]; do sleep 0.05; done\n"
      "echo two >g; echo three >f; cat f g";
  BOOST_TEST(difference(trouble, Mounts::own, lines) == "");
}

BOOST_AUTO_TEST_SUITE_END()
