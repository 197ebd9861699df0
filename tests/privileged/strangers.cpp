// A user who prepares their own store so that root's programs would reach what is not that user's.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

// 54321 has a memfile `f` in `work`; $notes is where its store notes its path. Root has a treasure.
const std::string stranger = R"(
mount -t tmpfs -o mode=1777,size=1m none store; chown 54321 work
as() { setpriv --reuid 54321 --regid 54321 --clear-groups $in_ram sh -c "$1"; }
as 'cd work; echo bait >f'
export directory=$(ls store/memfile-54321) record=store/memfile-54321/.record
export notes=$record/$directory
mkdir -p treasure/$directory; echo gold | tee treasure/f >treasure/$directory/f
)";

const std::vector<std::string> traps{
    R"(mkdir $record; ln -s "$top/treasure" $notes)",
    R"(ln -s "$top/treasure" $record)",
};

// What root's treasure is after a program of root's that meets the trap.
std::string treasure_after(const std::string& trap, const std::string& lines) {
  Trouble trouble{"trap", stranger + "as '" + trap + "'", ""};
  trouble.afterwards = "cat treasure/f treasure/$directory/f; find treasure -mindepth 1 | wc -l";
  return endure(trouble, Mounts::own, Way::bare, lines).afterwards;
}

const std::string untouched = "gold\ngold\n3\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(strangers)

BOOST_DATA_TEST_CASE(do_not_make_root_remove, data::make(traps), trap) {
  BOOST_TEST(treasure_after(trap, "rm f") == untouched);
}

BOOST_DATA_TEST_CASE(do_not_make_root_create_or_replace, data::make(traps), trap) {
  BOOST_TEST(treasure_after(trap, "mv f g") == untouched);
  BOOST_TEST(treasure_after(trap, "mv f g; mv g f; mv f h; rm h") == untouched);
}

BOOST_AUTO_TEST_CASE(what_root_notes_in_their_store_is_theirs) {
  Trouble trouble{"rename", stranger, ""};
  trouble.afterwards =
      "noted() { readlink $notes/f | sed s/$directory/directory/; }; stat -c '%u %a' $record $notes; noted; as 'mv "
      "work/g work/h'; noted";
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, "mv f g").afterwards ==
             "54321 700\n54321 700\ndirectory/g\ndirectory/h\n");
}

// The folder of the RAM file and a link to root's treasure change places without pause, while root opens the file in a
// way that must follow no link.
BOOST_DATA_TEST_CASE(do_not_make_root_follow_their_links, data::make({"os.O_NOFOLLOW", "os.O_NOFOLLOW | os.O_CREAT"}),
                     flags) {
  Trouble trouble{"race", stranger + R"(
cat >swap.py <<'P'
import ctypes, os, sys
libc = ctypes.CDLL(None)
one, two = (p.encode() for p in sys.argv[1:])
os.symlink(os.environ['top'] + '/treasure', two)
while True: libc.syscall(316, -100, one, -100, two, 2)
P
setpriv --reuid 54321 --regid 54321 --clear-groups /usr/bin/python3 swap.py store/memfile-54321/?????????????? \
  store/memfile-54321/trap & swapper=$!
)",
                  ""};
  trouble.afterwards = "kill $swapper";
  const std::string lines = std::string(R"(/usr/bin/python3 - <<'P'
import os, time
end = time.monotonic() + 2
seen = set()
while time.monotonic() < end:
    try: fd = os.open('f', os.O_RDWR | )") +
                            flags + R"()
    except OSError: continue
    seen.add(os.read(fd, 10)); os.close(fd)
print(seen)
P)";
  const std::string answers = endure(trouble, Mounts::own, Way::bare, lines).answers;
  BOOST_TEST(answers.starts_with("{b'bait\\n'}\n"), answers);
}

// A link, theirs or copied by root, names a store of root's through a folder of theirs, which leads there, to bait of
// theirs, and to root's treasure in turn.
BOOST_DATA_TEST_CASE(do_not_lead_root_by_folders_of_theirs,
                     data::make({"54321", "0"}) *
                         data::make({"os.chown('trap', 54321, 54321, follow_symlinks=False)",
                                     "os.close(os.open('trap', os.O_WRONLY | os.O_NOFOLLOW | os.O_TRUNC))",
                                     "os.rename('trap', 'moved'); os.rename('moved', 'trap')"}),
                     owner, call) {
  Trouble trouble{"race",
                  stranger + R"(
$in_ram sh -c 'cd work; echo own >own; rm own'
mkdir folders; chown 54321 folders
as 'cd folders; mkdir -p bait/memfile-0/$directory gold/memfile-0; echo bait >bait/memfile-0/$directory/f
ln -s "$top/treasure" gold/memfile-0/.record; ln -s "$top/treasure" gold/memfile-0/$directory
ln -s "$top/store" x; ln -s bait y; ln -s gold z; ln -s "$top/folders/x/memfile-0/$directory/f" ../work/trap'
chown -h )" + std::string(owner) +
                      R"( work/trap
cat >swap.py <<'P'
import ctypes, os
libc = ctypes.CDLL(None)
os.chdir('folders')
while True:
    for one, two in (b'x', b'y'), (b'x', b'z'): libc.syscall(316, -100, one, -100, two, 2)
P
setpriv --reuid 54321 --regid 54321 --clear-groups /usr/bin/python3 swap.py & swapper=$!
)",
                  ""};
  trouble.afterwards =
      "kill $swapper; stat -c '%n %u %F' treasure/f treasure/$directory/f | sed s/$directory/directory/; cat "
      "treasure/f";
  const std::string lines = std::string(R"(/usr/bin/python3 - <<'P'
import os, time
end = time.monotonic() + 3
while time.monotonic() < end:
    try: )") + call + R"(
    except OSError: pass
P)";
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, lines).afterwards ==
             "treasure/f 0 regular file\ntreasure/directory/f 0 regular file\ngold\n");
}

// The folder that root makes for its note is taken away at once, and a file of root's linked there, which they may
// write to.
BOOST_AUTO_TEST_CASE(do_not_get_what_root_did_not_make) {
  Trouble trouble{"race", stranger + R"(
echo gold >store/gold; chmod 666 store/gold; as 'mkdir $record'
cat >swap.py <<'P'
import os, sys
gold, notes, trash = sys.argv[1:]
while not os.path.exists(trash):
    try: os.rename(notes, trash)
    except OSError: pass
os.link(gold, notes)
P
setpriv --reuid 54321 --regid 54321 --clear-groups timeout 20 /usr/bin/python3 swap.py store/gold $notes $record/trash \
  2>/dev/null & swapper=$!
)",
                  ""};
  trouble.afterwards = "wait $swapper; stat -c %u store/gold";
  const std::string lines = "strace -f -qq -o /dev/null -e inject=fchown,fchownat:delay_enter=200000 mv f g";
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, lines).afterwards == "0\n");
}

// Who knows where the RAM file of a private folder is does not reach it.
BOOST_AUTO_TEST_CASE(do_not_reach_into_a_private_folder) {
  Trouble trouble{"a private folder", stranger, ""};
  trouble.afterwards =
      "as 'cd work; umask 022; mkdir -m 700 own; mkdir shared; echo own >own/f; echo shared >shared/f'\n"
      "for f in own shared; do setpriv --reuid 12345 --regid 12345 --clear-groups cat \"$(readlink work/$f/f)\" "
      "2>/dev/null || echo no; "
      "done";
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, "true").afterwards == "no\nshared\n");
}

BOOST_AUTO_TEST_SUITE_END()
