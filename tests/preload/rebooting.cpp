// Links and their store: after a reboot, where the store is another namespace's, and where something is wrong with it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// With a store of their own, beside the folder.
const std::string rules = R"({"version": 1, "base": "@", "store": "@.store", "rules": [{"match": "**"}]})";

// `f` is a memfile, or plainly nothing; then what happens to its store, in sh.
std::string after(const std::string& event) {
  return "test $way = plain || { mkdir ../files.store; LD_LIBRARY_PATH='" + library_folder().string() +
         "' LD_PRELOAD=libmemfile_preload.so MEMFILE_CONFIG=\"$rules\" sh -c 'echo text >f'; ram=$(readlink f); " +
         event + "; }";
}

// The last two letters of a RAM directory's name stand for the boot.
const std::string reboot = "rm -r ../files.store/*; ln -sf \"$(echo \"$ram\" | sed -E 's|[a-z2-7]{2}/f$|aa/f|')\" f";

// What the steps answer about a memfile `f` after the event.
std::string answer_after(const std::string& event, const std::string& steps) {
  const Sandbox sandbox(rules);
  BOOST_REQUIRE(sandbox.run(Way::plain, after(event), {"way=bare", "rules=" + sandbox.rules_file().string()}) ==
                Outcome{});
  return answers(sandbox, steps);
}

bool is_a_link(const std::string& answer) { return answer.starts_with("lstat: done, errno kept, link"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(rebooting)

BOOST_DATA_TEST_CASE(a_link_of_another_boot_is_absent_without_its_store,
                     data::make({"lstat f", "stat f", "readdir .", "mkdir f , lstat f", "mknod f 10644 , lstat f",
                                 "open f 'rdwr|creat|excl' 640 , write 0 text , lstat f , cat f", "unlink f",
                                 "rename f g , lstat g", "mkdir d , rename d f , lstat f"}),
                     steps) {
  BOOST_TEST(difference(steps, after(reboot), rules) == "");
}

BOOST_AUTO_TEST_CASE(the_store_is_made_again) {
  const Sandbox sandbox(rules);
  BOOST_REQUIRE(sandbox.run(Way::plain, after(reboot), {"way=bare", "rules=" + sandbox.rules_file().string()}) ==
                Outcome{});
  answers(sandbox, "creat f , write 0 again");
  const std::string ram = sandbox.run(Way::plain, "readlink f").output;
  BOOST_TEST(ram.starts_with((sandbox.folder().string() + ".store/memfile-")));
  BOOST_TEST(sandbox.run(Way::plain, "cat f").output == "again");
  answers(sandbox, "unlink f");
  BOOST_TEST(sandbox.run(Way::plain, "ls -A; find ../files.store -name f").output == "");
}

// It may be there for others: in a container with a /dev/shm of its own.
BOOST_AUTO_TEST_CASE(a_link_of_this_boot_is_left_alone_without_its_store) {
  const std::string gone = "mv ../files.store ../files.elsewhere; mkdir ../files.store";
  BOOST_TEST(is_a_link(answer_after(gone, "lstat f")));
  BOOST_TEST(answer_after(gone, "mkdir f") == "mkdir: failed, errno EEXIST\n");
  const std::string answer = answer_after(gone, "mkdir g , rename f g/f , rename g/f f , readlink f");
  BOOST_TEST(answer.find("readlink: failed") == std::string::npos, answer);
}

BOOST_DATA_TEST_CASE(a_link_into_a_store_that_is_off_is_somebody_elses,
                     data::make({"chmod 755 ../files.store/memfile-*", "chmod 700 ../files.store/memfile-*",
                                 "mv ../files.store/memfile-* ../files.other; ln -s ../files.other \"${ram%/*/f}\"",
                                 "rm \"$ram\"; mkfifo \"$ram\"", "rm \"$ram\"; mkdir \"$ram\"",
                                 "mv \"$ram\" ../other; ln -s \"$PWD/../other\" \"$ram\""}),
                     event) {
  BOOST_TEST(is_a_link(answer_after(event, "lstat f")), event);
  const std::string answer = answer_after(event, "unlink f , lstat f");
  BOOST_TEST(answer == "unlink: done, errno kept\nlstat: failed, errno ENOENT\n");
}

// A link that is no memfile's frees nothing.
BOOST_AUTO_TEST_CASE(what_a_store_that_is_off_holds_is_kept) {
  const Sandbox sandbox(rules);
  BOOST_REQUIRE(sandbox.run(Way::plain, after("chmod 755 ../files.store/memfile-*"),
                            {"way=bare", "rules=" + sandbox.rules_file().string()}) == Outcome{});
  answers(sandbox, "creat new , rename new f , unlink f");
  BOOST_TEST(sandbox.run(Way::plain, "cat ../files.store/memfile-*/*/f").output == "text\n");
}

BOOST_AUTO_TEST_SUITE_END()
