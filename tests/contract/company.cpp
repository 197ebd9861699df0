// Other preloaded libraries, in front of ours and behind it.
#include <ostream>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<const char*> others{"libeatmydata.so", "libjemalloc.so.2"};

// What fakeroot notes of a file follows it through all that a package's build does to it.
const std::string work = R"(
umask 022; echo text >f; chown 12:34 f; chmod 4750 f; stat -c '%n %u %g %a %F %s' f
mv f g; ln g h; stat -c '%n %u %g %a %F %h' g h; cp -a g k; stat -c '%n %u %g %a' k
mknod n c 1 3; stat -c '%n %F %t %T' n; mkdir d; chown 5:6 d; cp -a g d/; install -o 7 -g 8 -m 640 g i
tar -cf t --sort=name --mtime=@0 g h k d i n; tar -tvf t --numeric-owner; rm -r d; mkdir x; tar -xf t -C x
find x -printf '%p %U %G %m %n\n' | sort; rm g; echo new >g; stat -c '%n %u %g %a' g; rm -r f g h k n i t x; ls -a; id -u
)";

// LD_PRELOAD in both orders: fakeroot puts its library in front of what is there, the launcher puts ours in front.
const std::vector<const char*> orders{"fakeroot RUN", "RUN fakeroot"};

std::string replaced(std::string text, const std::string& word, const std::string& by) {
  return text.replace(text.find(word), word.size(), by);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(company)

BOOST_DATA_TEST_CASE(result_and_errno_are_the_disks_beside, data::make(others) * data::make({"f g", "f.ram g.ram"}),
                     other, names) {
  const std::string check = std::string("answers ") + names;
  BOOST_TEST(difference_of_caller(check, {.before = other}) == "");
  BOOST_TEST(difference_of_caller(check, {.behind = other}) == "");
}

BOOST_DATA_TEST_CASE(the_other_library_is_really_there, data::make(others), other) {
  const Sandbox sandbox;
  const std::string preload = "LD_PRELOAD=\"$LD_PRELOAD " + std::string(other) + "\" ";
  const std::string maps = sandbox.run(Way::bare, preload + "cat /proc/self/maps").output;
  BOOST_TEST(maps.find(other) != std::string::npos);
  BOOST_TEST(maps.find("libmemfile_preload.so") != std::string::npos);
}

BOOST_DATA_TEST_CASE(threads_work_with_another_allocator, data::make({"before", "behind"}), side) {
  const Company company =
      std::string(side) == "before" ? Company{.before = "libjemalloc.so.2"} : Company{.behind = "libjemalloc.so.2"};
  const Sandbox sandbox(some_in_ram);
  BOOST_TEST(answers_of_caller(sandbox, Way::bare, "threads f.ram g.ram", company) == "0 mistakes\n");
}

BOOST_DATA_TEST_CASE(fakeroot_finds_its_files_again, data::make(orders), order) {
  const Sandbox on_disk;
  const Sandbox in_ram;
  on_disk.write("../work.sh", work);
  in_ram.write("../work.sh", work);
  const std::string run = quoted(source("scripts/memfile-run").string()) + " -c ../rules.json --";
  const std::string plain = on_disk.run(Way::plain, "fakeroot sh ../work.sh").output;
  const std::string preloaded = in_ram.run(Way::plain, replaced(order, "RUN", run) + " sh ../work.sh").output;
  BOOST_TEST(plain.find("f 12 34 4750 regular file 5\n") == 0U);
  BOOST_TEST(difference_of_lines(plain, preloaded) == "");
  BOOST_TEST(in_ram.ram_files().empty());
}

BOOST_AUTO_TEST_SUITE_END()
