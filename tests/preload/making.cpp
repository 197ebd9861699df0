#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> node_variants{"mknod", "mknodat", "__xmknod", "__xmknodat"};
const std::vector<std::string> makers{"mkdir",     "mkdirat", "mkfifo",  "mkfifoat", "link-to",
                                      "symlinkat", "mknod",   "mknodat", "__xmknod", "__xmknodat"};

}  // namespace

BOOST_AUTO_TEST_SUITE(making)

BOOST_DATA_TEST_CASE(answers_as_on_disk, data::make(makers), call) {
  BOOST_TEST(difference(call + " new , lstat new , " + call + " new , creat f , write 0 text , " + call +
                        " f , cat f , " + call + " none/f , " + call + " f/g , " + call + " BAD , " + call +
                        " NULL , " + call + " slash/ , lstat slash , " + call + " f/ , " + call + " .") == "");
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_not_in_the_way, data::make(makers), call) {
  BOOST_TEST(difference(call + " f , lstat f , " + call + " f", dangling("f")) == "");
}

BOOST_DATA_TEST_CASE(a_version_of_dev_t_that_is_none_makes_nothing, data::make({"__xmknod", "__xmknodat"}), call) {
  BOOST_TEST(difference(std::string(call) + "_of_no_version f , lstat f") == "");
}

BOOST_DATA_TEST_CASE(nor_with_a_slash_after_its_name, data::make(makers), call) {
  BOOST_TEST(difference(call + " f/ , lstat f", dangling("f")) == "");
}

BOOST_DATA_TEST_CASE(a_fifo_node_is_not_kept_out_either, data::make(node_variants), call) {
  BOOST_TEST(difference(call + " f 10644 , lstat f", dangling("f")) == "");
}

BOOST_DATA_TEST_CASE(a_regular_node_is_a_memfile, data::make(node_variants) * data::make({"100640", "640"}), call,
                     mode) {
  const Sandbox sandbox;
  answers(sandbox, call + " f " + mode);
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_DATA_TEST_CASE(nodes_have_the_mode_of_a_disk, data::make(node_variants), call) {
  BOOST_TEST(difference("umask 027 , " + call + " f 100666 , lstat f , " + call + " g 104751 , lstat g , " + call +
                        " h 0 , lstat h , " + call + " i 140644 , lstat i , " + call + " j 40755 , lstat j") == "");
}

BOOST_DATA_TEST_CASE(a_fifo_node_is_on_disk, data::make(node_variants), call) {
  const Sandbox sandbox;
  answers(sandbox, call + " f 10644");
  BOOST_TEST(std::filesystem::is_fifo(std::filesystem::symlink_status(sandbox.folder() / "f")));
}

BOOST_AUTO_TEST_CASE(a_regular_node_no_rule_matches_stays_on_disk) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "*.tmp"}]})");
  answers(sandbox, "mknod f 100644 , mknod f.tmp 100644");
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")));
  BOOST_TEST(sandbox.is_memfile("f.tmp"));
}

BOOST_AUTO_TEST_CASE(somebody_elses_dangling_link_is_in_the_way) {
  for (const std::string& call : makers) {
    BOOST_TEST(difference(call + " link , lstat link", "ln -s /dev/shm/memfile-test-none link") == "");
  }
}

BOOST_AUTO_TEST_CASE(sockets_are_bound_as_on_disk) {
  BOOST_TEST(difference("bind s , lstat s , bind s , creat f , bind f , lstat f , bind none/s") == "");
}

BOOST_AUTO_TEST_CASE(a_dangling_link_does_not_keep_a_socket_out) {
  BOOST_TEST(difference("bind f , lstat f , bind f", dangling("f")) == "");
}

BOOST_AUTO_TEST_SUITE_END()
