// Links on a file system that is unlike a disk's.
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

using namespace memfile::tests;

BOOST_AUTO_TEST_SUITE(file_systems)

// A removed file has no link count there any more: its status is ENOENT.
BOOST_AUTO_TEST_CASE(what_is_removed_on_a_fuse_file_system_leaves_no_orphan) {
  Trouble trouble{"FUSE", "mkdir below; bindfs below work", ""};
  trouble.afterwards = "find store -type f ! -path '*/.*'; umount work";
  const Endured endured = endure(trouble, Mounts::own, Way::bare, "echo 1 >f; echo 2 >g; mv g f; cat f; rm f");
  BOOST_TEST(endured.answers.starts_with("2\n"), endured.answers);
  BOOST_TEST(endured.afterwards == "");
}

BOOST_AUTO_TEST_SUITE_END()
