#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> owner_variants{"chown", "lchown", "fchownat", "fchownat-follow"};
const std::vector<std::string> mode_variants{"lchmod", "fchmodat", "fchmodat-follow"};
const std::vector<std::string> time_variants{"utimensat", "utimensat-follow", "lutimes"};

// Somebody else where this may be given away, else this user.
uid_t receiver() { return geteuid() == 0 ? 12345 : geteuid(); }

std::string giving(const std::string& variant, uid_t user) { return variant + " f " + std::to_string(user) + " -1"; }

uid_t owner_of_link(const Sandbox& sandbox) {
  struct stat status {};
  return lstat((sandbox.folder() / "f").c_str(), &status) == 0 ? status.st_uid : static_cast<uid_t>(-1);
}

uid_t owner_of_ram_file(const Sandbox& sandbox) {
  struct stat status {};
  return stat((sandbox.folder() / "f").c_str(), &status) == 0 ? status.st_uid : static_cast<uid_t>(-1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(changing)

BOOST_DATA_TEST_CASE(owners_change_as_on_disk, data::make(owner_variants), variant) {
  const std::string user = std::to_string(receiver());
  BOOST_TEST(difference("creat f 4640 , " + variant + " f " + user + " " + user + " , attributes f , " + variant +
                        " f 0 0 , attributes f , " + variant + " f -1 -1 , attributes f , " + variant + " none 1 1 , " +
                        variant + " f/ 1 1 , " + variant + " BAD 1 1 , " + variant + " NULL 1 1") == "");
}

BOOST_DATA_TEST_CASE(the_link_goes_with_the_ram_file, data::make(owner_variants), variant) {
  const Sandbox sandbox;
  answers(sandbox, "creat f , " + giving(variant, receiver()));
  BOOST_TEST(owner_of_link(sandbox) == receiver());
  BOOST_TEST(owner_of_ram_file(sandbox) == receiver());
}

BOOST_DATA_TEST_CASE(what_was_given_away_is_still_a_memfile, data::make(owner_variants), variant) {
  const Sandbox sandbox;
  const std::string answer =
      answers(sandbox, "umask 0 , creat f , write 0 text , " + giving(variant, receiver()) + " , lstat f , unlink f");
  BOOST_TEST(answer.find("file 666 size 4 nlink 1") != std::string::npos, answer);
  BOOST_TEST(sandbox.ram_files().empty());
}

// From one user to another: neither is the store's, and root gives.
BOOST_DATA_TEST_CASE(a_memfile_goes_from_hand_to_hand, data::make(owner_variants), variant) {
  const uid_t second = geteuid() == 0 ? 23456 : geteuid();
  const Sandbox sandbox;
  answers(sandbox, "creat f , " + giving(variant, receiver()) + " , " + giving(variant, second));
  BOOST_TEST(owner_of_link(sandbox) == second);
  answers(sandbox, "unlink f");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_DATA_TEST_CASE(a_chown_that_fails_leaves_the_link_as_it_was, data::make(owner_variants), variant) {
  const Sandbox sandbox;
  answers(sandbox, "creat f , " + giving(variant, receiver()));
  // Nobody may give it away without the capability, root neither.
  const std::string powerless = geteuid() == 0 ? "setpriv --bounding-set -all --inh-caps -all --no-new-privs " : "";
  const std::string command = "exec " + powerless + "'" + probe().string() + "' " + giving(variant, 23456);
  const Outcome outcome = sandbox.run(Way::bare, command);
  BOOST_TEST(outcome.output == variant + ": failed, errno EPERM\n");
  BOOST_TEST(owner_of_link(sandbox) == receiver());
}

BOOST_DATA_TEST_CASE(somebody_elses_link_keeps_its_owner, data::make({"chown", "fchownat-follow"}), variant) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::plain, "printf t >target; ln -s target f").exit_code == 0);
  const uid_t before = owner_of_link(sandbox);
  answers(sandbox, giving(variant, receiver()));
  BOOST_TEST(owner_of_link(sandbox) == before);
}

BOOST_AUTO_TEST_CASE(a_descriptor_is_given_as_on_disk) {
  const std::string user = std::to_string(receiver());
  BOOST_TEST(difference("creat f , fchownat-descriptor 0 " + user + " -1 , attributes f") == "");
}

BOOST_AUTO_TEST_CASE(somebody_elses_link_is_given_as_on_disk) {
  const std::string user = std::to_string(receiver());
  for (const std::string& variant : owner_variants) {
    BOOST_TEST(difference(variant + " l " + user + " -1 , attributes l , attributes target",
                          "printf t >target; ln -s target l") == "");
  }
}

BOOST_DATA_TEST_CASE(modes_change_as_on_disk, data::make(mode_variants), variant) {
  BOOST_TEST(difference("creat f 640 , " + variant + " f 751 , attributes f , " + variant + " none 600 , " + variant +
                            " f/ 600 , " + variant + " BAD 600 , " + variant + " link 600 , attributes target",
                        "printf t >target; ln -s target link") == "");
}

BOOST_DATA_TEST_CASE(times_change_as_on_disk, data::make(time_variants), variant) {
  const std::string changed = variant == "utimensat-follow" ? "target" : "link";
  BOOST_TEST(difference("creat f , " + variant + " f , times f , " + variant + " none , " + variant + " f/ , " +
                            variant + " BAD , " + variant + " NULL , " + variant + " link , times " + changed,
                        "printf t >target; ln -s target link") == "");
}

BOOST_AUTO_TEST_CASE(attributes_change_as_on_disk) {
  BOOST_TEST(difference("creat f , lsetxattr f user.name value , lgetxattr f user.name , getxattr f user.name , "
                        "llistxattr f , lremovexattr f user.name , lgetxattr f user.name , lremovexattr f user.name , "
                        "llistxattr f") == "");
}

BOOST_DATA_TEST_CASE(attribute_calls_fail_as_on_disk,
                     data::make({"lsetxattr", "lgetxattr", "llistxattr", "lremovexattr"}), call) {
  for (const char* path : {"none", "f/", "NULL", "BAD", "link"}) {
    BOOST_TEST(difference("creat f , " + std::string(call) + " " + path + " user.name value",
                          "printf t >target; ln -s target link") == "");
  }
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_absent,
                     data::make({"chown f 1 1", "lchown f 1 1", "fchownat f 1 1", "fchownat-follow f 1 1",
                                 "lchmod f 600", "fchmodat f 600", "fchmodat-follow f 600", "utimensat f", "lutimes f",
                                 "utimensat-follow f", "lsetxattr f user.name value", "lgetxattr f user.name",
                                 "llistxattr f", "lremovexattr f user.name"}),
                     step) {
  BOOST_TEST(difference(step, dangling("f")) == "");
}

BOOST_AUTO_TEST_CASE(without_transparency_the_link_is_changed) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "**"}]})");
  const std::string answer = answers(sandbox, "creat f , times f , lutimes f , times f , stat f");
  BOOST_TEST(answer.find("times: 3000 4000") != std::string::npos, answer);
  struct stat status {};
  BOOST_TEST(stat((sandbox.folder() / "f").c_str(), &status) == 0);
  BOOST_TEST(status.st_mtime != 4000);
}

BOOST_AUTO_TEST_SUITE_END()
