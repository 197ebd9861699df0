// A store that cannot be used, as only root or another user can bring it about: files are on disk, and nobody can tell.
#include "tests/support/trouble.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

constexpr const char* disk = "disk\n";
constexpr const char* own_form = "store/memfile-ME\n";
constexpr const char* shared_form = "store/memfile/ME\n";

std::string tmpfs(const std::string& options) { return "mount -t tmpfs -o mode=1777," + options + " none store\n"; }
std::string take(const std::string& bytes) { return "head -c " + bytes + " /dev/zero >store/taken\n"; }

const std::string no_reserve = R"("reserve": "0", )";
// As the user of the program, like everything that stands in its store.
const std::string use_once =
    "chmod 777 work; setpriv --reuid $me --regid $me --clear-groups $in_ram sh -c 'cd work; echo x >f; rm f'; "
    "chmod 755 work\n";
const std::string shared = "mkdir -m 1777 store/memfile\n";

const std::vector<Trouble> troubles{
    {"no trouble", tmpfs("size=1m"), own_form},
    {"read-only, without a store", tmpfs("size=1m") + "mount -o remount,ro store", disk},
    {"read-only, with a store", tmpfs("size=1m") + use_once + "mount -o remount,ro store", disk},
    {"full", tmpfs("size=1m") + use_once + "cat /dev/zero >store/taken 2>/dev/null || true", disk},
    {"full, no reserve", tmpfs("size=1m") + use_once + "cat /dev/zero >store/taken 2>/dev/null || true", disk,
     no_reserve},
    {"full, without a store", tmpfs("size=1m") + "cat /dev/zero >store/taken 2>/dev/null || true", disk, no_reserve},
    {"less than an eighth is free", tmpfs("size=1m") + take("940k"), disk},
    {"more than an eighth is free", tmpfs("size=1m") + take("800k"), own_form},
    {"less than an eighth is free, no reserve", tmpfs("size=1m") + take("900k"), own_form, no_reserve},
    {"the reserve is more than is free", tmpfs("size=8m") + take("5m"), disk, R"("reserve": "4M", )"},
    {"the reserve is more than there is", tmpfs("size=1m"), disk, R"("reserve": "1G", )"},
    {"the reserve is less than is free", tmpfs("size=8m") + take("3m"), own_form, R"("reserve": "4M", )"},
    {"no limit", tmpfs("size=0"), own_form},
    {"no inode is free", tmpfs("nr_inodes=1"), disk},
    {"no inode is free in a store that is there",
     tmpfs("size=1m,nr_inodes=100") + use_once + "seq -f store/taken%g 200 | xargs touch 2>/dev/null || true", disk},
    {"somebody else's store", tmpfs("size=1m") + "mkdir -m 711 store/memfile-$me; chown 4711 store/memfile-$me", disk},
    {"somebody else's link to the right store",
     tmpfs("size=1m") + use_once + "mv store/memfile-$me store/there; ln -s there store/memfile-$me\n" +
         "chown -h 4711 store/memfile-$me",
     disk},
    {"somebody else's shared folder", tmpfs("size=1m") + shared + "chown 4711 store/memfile", own_form},
    {"the shared folder", tmpfs("size=1m") + shared, shared_form},
    {"somebody else's store in the shared folder",
     tmpfs("size=1m") + shared + "mkdir -m 711 store/memfile/$me; chown 4711 store/memfile/$me", disk},
    {"somebody else's link in the shared folder",
     tmpfs("size=1m") + shared + "ln -s ../there store/memfile/$me; chown -h 4711 store/memfile/$me", disk},
    {"the shared folder, with the store of the user's own form beside it", tmpfs("size=1m") + use_once + shared,
     shared_form},
};

Trouble as_user(Trouble trouble) {
  trouble.user = "54321";
  return trouble;
}

const std::string write_two =
    R"("$probe" open f 'wronly|creat' 755 , write 0 text , lstat f , open g 'rdwr|creat' 644)";

}  // namespace

BOOST_AUTO_TEST_SUITE(trouble)

BOOST_DATA_TEST_CASE(root_gets_what_a_disk_gives, data::make(troubles) * data::make(works), trouble, work) {
  BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
}

BOOST_DATA_TEST_CASE(users_get_what_a_disk_gives, data::make(troubles) * data::make(works), trouble, work) {
  BOOST_TEST(difference(as_user(trouble), Mounts::own, work.lines) == "");
}

BOOST_DATA_TEST_CASE(a_store_in_a_folder_that_is_roots_alone, data::make(works), work) {
  BOOST_TEST(difference(as_user({"root's alone", "true", disk}), Mounts::own, work.lines) == "");
}

BOOST_AUTO_TEST_CASE(what_may_be_executed_is_on_disk_where_the_store_is_noexec) {
  const Trouble noexec{"noexec", tmpfs("noexec"), std::string(disk) + own_form};
  BOOST_TEST(difference(noexec, Mounts::own, write_two) == "");
  BOOST_TEST(difference({"noexec", tmpfs("noexec"), disk}, Mounts::own,
                        "\"$probe\" open f 'wronly|creat' 711 , write 0 '#!/bin/echo' , close 0; ./f; rm f; "
                        "umask 077; \"$probe\" open f 'wronly|creat' 601") == "");
  BOOST_TEST(difference({"exec", tmpfs("exec"), own_form}, Mounts::own, write_two) == "");
}

BOOST_DATA_TEST_CASE(the_machines_store_by_default, data::make(works), work) {
  const std::string mount = "mount -t tmpfs -o mode=1777,size=1m none /dev/shm; rmdir store; ln -s /dev/shm store\n";
  Trouble trouble{"/dev/shm", mount, "/dev/shm/memfile-ME\n"};
  trouble.store = "/dev/shm";
  BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
  trouble.prepare += take("940k");
  trouble.place = disk;
  BOOST_TEST(difference(trouble, Mounts::own, work.lines) == "");
}

BOOST_AUTO_TEST_SUITE_END()
