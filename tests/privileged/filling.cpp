// A store that fills up under a program's hands.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

// The disk is as large as the store, so that both fill up.
const Trouble small{"1 MiB each", "for f in work store; do mount -t tmpfs -o mode=1777,size=1m none $f; done",
                    "store/memfile-ME\n", R"("reserve": "0", )"};

const std::vector<Work> growing{
    {"the probe", R"("$probe" open f 'rdwr|creat' , fill 0 500000 , open g 'rdwr|creat' , fill 1 900000 , \
  lstat g , unlink g , close 1 , open h 'rdwr|creat' , fill 2 300000 , lstat f , lstat h)"},
    {"a shell", R"(head -c 2000000 /dev/zero >f 2>/dev/null || echo refused; cmp -n 900000 f /dev/zero && echo there)"},
    {"Python", R"(/usr/bin/python3 - <<'P'
import errno, os
done = 0
with open('f', 'wb', buffering=0) as f:
    try:
        while done < 2000000: done += f.write(b'x' * 4096)
    except OSError as e: print(errno.errorcode[e.errno])
print(open('f', 'rb').read() == b'x' * done, done > 900000)
os.truncate('f', 10)
P)"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(filling)

BOOST_DATA_TEST_CASE(a_growing_file_meets_the_end_like_a_disks, data::make(growing), work) {
  BOOST_TEST(difference(small, Mounts::own, work.lines) == "");
}

BOOST_AUTO_TEST_CASE(sqlite_keeps_what_was_committed_when_the_store_is_full) {
  const std::string lines =
      "sqlite3 d.db 'create table t(b); insert into t values(zeroblob(100000));'; for n in 1 2 3 4 5 6 7 8 9 10 11 12; "
      "do "
      "sqlite3 d.db 'insert into t values(zeroblob(100000));' 2>/dev/null || echo refused; done | sort -u\n"
      "sqlite3 d.db 'pragma integrity_check; select count(*) > 3, sum(length(b)) = 100000 * count(*) from t;'\n"
      "sqlite3 d.db 'delete from t; vacuum;' || rm d.db; echo; : >d.db";
  BOOST_TEST(difference(small, Mounts::own, lines) == "");
}

BOOST_AUTO_TEST_CASE(when_it_is_full_new_files_are_on_disk_and_in_ram_again_when_it_is_not) {
  Trouble trouble = small;
  trouble.prepare = "mount -t tmpfs -o mode=1777,size=1m none store";
  trouble.place = "disk\nstore/memfile-ME\n";
  trouble.afterwards = "cd work; ls -F";
  const std::string lines = "head -c 2000000 /dev/zero >a 2>/dev/null; echo b >b; rm a; echo c >c";
  BOOST_TEST(endure(trouble, Mounts::own, Way::bare, lines).afterwards == "b\nc@\n");
}

// However many inodes are left: what is in RAM has its origin noted, so that it can be listed, and the rest is on disk.
BOOST_DATA_TEST_CASE(no_memfile_without_its_origin, data::xrange(1, 16), inodes) {
  const std::string name(200, 'n');
  Trouble trouble{"few inodes",
                  "mount -t tmpfs -o mode=1777,nr_inodes=" + std::to_string(inodes) +
                      " none /dev/shm; rmdir store; ln -s /dev/shm store",
                  ""};
  trouble.store = "/dev/shm";
  trouble.afterwards =
      "find work -type l -printf \"$top/%p\\n\" | sort; echo; \"$memfile\" ls | sed -n 's/.*  linked  *//p' | sort";
  const std::string lines = "echo one >" + name + "; mkdir d; echo two >d/f; echo three >d/" + name + "; cat */* n*";
  const Endured in_ram = endure(trouble, Mounts::own, Way::bare, lines);
  BOOST_TEST(in_ram.answers == endure(trouble, Mounts::own, Way::plain, lines).answers);
  BOOST_TEST(in_ram.place.find("RAM files for") == std::string::npos, in_ram.place);
  const std::size_t middle = in_ram.afterwards.find("\n\n");
  const std::string links = in_ram.afterwards.substr(0, middle == std::string::npos ? 0 : middle + 1);
  BOOST_TEST(in_ram.afterwards == links + "\n" + links);
}

BOOST_AUTO_TEST_SUITE_END()
