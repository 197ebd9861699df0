// A store that cannot be used, as any user can bring it about: files are on disk, and nobody can tell.
#include "tests/support/trouble.hpp"

#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

constexpr const char* disk = "disk\n";
constexpr const char* own_form = "store/memfile-ME\n";
constexpr const char* shared_form = "store/memfile/ME\n";

bool is_root() { return geteuid() == 0; }

const std::string use_once = "(cd work; $in_ram sh -c 'echo x >f; rm f')\n";

const std::vector<Trouble> troubles{
    {"nothing at all", "true", own_form},
    {"no store's folder", "rmdir store", disk},
    {"the store's folder is a file", "rmdir store; touch store", disk},
    {"the store's folder leads nowhere", "rmdir store; ln -s nowhere store", disk},
    {"the store's folder is out of reach", "mkdir -m 0 closed; rmdir store; ln -s closed/store store", disk},
    {"the store's folder may not be written, but by root", "chmod 555 store", is_root() ? own_form : disk},
    {"a store that others may read", "mkdir -m 755 store/memfile-$me", disk},
    {"a store that its group may write", "mkdir -m 731 store/memfile-$me", disk},
    {"a store that nobody else may enter", "mkdir -m 700 store/memfile-$me", disk},
    {"a sticky store", "mkdir -m 1711 store/memfile-$me", disk},
    {"a link in the store's place", "mkdir -m 711 elsewhere; ln -s ../elsewhere store/memfile-$me", disk},
    {"a link that leads nowhere in the store's place", "ln -s nowhere store/memfile-$me", disk},
    {"a file in the store's place", "touch store/memfile-$me", disk},
    {"a named pipe in the store's place", "mkfifo -m 711 store/memfile-$me", disk},
    {"a key that is too short", use_once + "cd store/memfile-$me/.private; rm key; ln -s abc key; cd ../../..", disk},
    {"a key of other letters",
     use_once + "cd store/memfile-$me/.private; k=$(readlink key | tr a-z2-7 A-Z8); rm key; ln -s $k key; cd ../../..",
     disk},
    {"a file in the key's place", use_once + "cd store/memfile-$me/.private; rm key; touch key; cd ../../..", disk},
    {"a file in the place of the key's folder", "mkdir -m 711 store/memfile-$me; touch store/memfile-$me/.private",
     disk},
    {"a store without a key", "mkdir -m 711 store/memfile-$me", own_form},
    {"a file in the place of the notes", use_once + "rm -r store/memfile-$me/.origin; touch store/memfile-$me/.origin",
     disk},
    {"a shared folder that is root's, or is not", "mkdir -m 1777 store/memfile", is_root() ? shared_form : own_form},
    {"a shared folder that is not sticky", "mkdir -m 777 store/memfile", own_form},
    {"a file in the shared folder's place", "touch store/memfile", own_form},
    {"a link in the shared folder's place", "mkdir -m 1777 e; ln -s ../e store/memfile", own_form},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(trouble)

BOOST_DATA_TEST_CASE(programs_get_what_a_disk_gives, data::make(troubles) * data::make(works), trouble, work) {
  BOOST_TEST(difference(trouble, Mounts::none, work.lines) == "");
}

BOOST_AUTO_TEST_CASE(a_file_in_the_place_of_a_ram_directory) {
  const Trouble planted{"planted", use_once + "for d in store/memfile-$me/??????????????; do rmdir $d; touch $d; done",
                        disk};
  BOOST_TEST(difference(planted, Mounts::none, "echo text >f; mv f g; cat g; echo two >f") == "");
}

BOOST_AUTO_TEST_SUITE_END()
