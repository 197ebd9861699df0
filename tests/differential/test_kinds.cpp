// A sequence for each kind of operation that the generator has, by hand, where tests/preload tries a call alone.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/differential/trial.hpp"

using memfile::differential::difference_of;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(kinds)

BOOST_DATA_TEST_CASE(
    what_is_kept_is_the_file_that_was_opened,
    data::make({"0 1= open a rdwr|creat|nonblock 644, 0 write 1 one, 0 rename a b, 0 write 1 two, 0 unlink b, "
                "0 ftruncate 1 2, 0 pwrite 1 x 5, 0 pread 1 10 0, 0 seek 1 0 2, 0 fchmod 1 600, 0 futimens 1",
                "0 1= creat-file a 644, 1 2= open a rdonly|nonblock, 0 write 1 one, 1 read-some 2 3, 1 unlink a, "
                "0 1= creat-file a 600, 1 fstat 2, 0 write 1 two, 1 read-some 2 3",
                "0 mkdir d 755, 0 4= open d rdonly|directory|nonblock, 1 rename d e, 0 1= @4 openat f "
                "rdwr|creat|nonblock 640, 0 @4 renameat2 f g 0, 1 rename e/g a, 0 write 1 text, 0 write-mapped 1 z"}),
    sequence) {
  BOOST_TEST(difference_of(sequence) == "");
}

BOOST_DATA_TEST_CASE(
    streams_write_when_they_are_flushed,
    data::make({"0 1= fopen-file a w, 0 print 1 one, 1 cat a, 0 flush 1, 1 cat a, 0 rename a b, 0 print 1 two",
                "0 1= fopen-file a w+x, 0 print 1 one, 0 1= freopen-kept 1 b a, 0 print 1 two, restart 0"}),
    sequence) {
  BOOST_TEST(difference_of(sequence) == "");
}

BOOST_DATA_TEST_CASE(
    what_crosses_the_border_keeps_all_that_it_has,
    data::make({"0 1= creat-file a 640, 0 write 1 text, 0 release 1, 0 lsetxattr a user.memfile x, 0 utimensat a, "
                "0 rename a x.disk, 0 lgetxattr x.disk user.memfile, 1 rename x.disk b, 0 renameat2 b x.disk 2",
                "0 1= creat-file a 640, 1 rename a x.disk, 0 write 1 text, restart 1, 0 write 1 more, restart 0",
                "0 1= creat-file a 640, 0 link a x.disk, 0 release 1, restart 0, 1 chmod a 600"}),
    sequence) {
  BOOST_TEST(difference_of(sequence) == "");
}

BOOST_DATA_TEST_CASE(
    an_outsider_sees_the_same_bytes,
    data::make({"o 1= creat-file a 644, o write 1 theirs, 0 2= open a rdwr|nonblock, 0 write 2 ours, 0 rename a b, "
                "o 3= open b rdonly|nonblock, o read-some 3 10, o chmod b 600, o truncate b 2",
                "0 1= creat-file a 644, 0 write 1 ours, o 2= open a wronly|append|nonblock, o write 2 theirs, "
                "0 unlink a, o 3= creat-file a 600, 0 rename a d"}),
    sequence) {
  BOOST_TEST(difference_of(sequence) == "");
}

BOOST_DATA_TEST_CASE(
    what_is_lost_by_a_reboot_is_absent,
    data::make({"0 mkdir d 755, 0 1= creat-file d/a 644, 0 link d/a b, 0 2= creat-file x.disk 600, reboot, observe, "
                "0 rmdir d, 0 mkdir b 700, 1 3= creat-file b/a 600, 1 rename b/a x.disk",
                "0 1= creat-file a 644, reboot, 0 mkfifo a 600, 0 unlink a, 0 mknod a 100644, 0 symlink a l",
                "0 1= creat-file a 644, 0 symlink a l, reboot, 0 symlink b a, 0 1= open l rdwr|creat|nonblock 600"}),
    sequence) {
  BOOST_TEST(difference_of(sequence) == "");
}

BOOST_DATA_TEST_CASE(walks_find_what_stands_there,
                     data::make({"nftw phys .", "nftw depth|chdir .", "fts_read phys|nochdir .", "fts_read logical .",
                                 "glob mark */*", "glob 0 d/*", "scandir d", "readdir k", "getdents64 ."}),
                     walk) {
  BOOST_TEST(difference_of("0 mkdir d 755, 0 symlink d k, 0 1= creat-file d/a 644, 0 link d/a b, 0 symlink b l, "
                           "0 2= creat-file x.disk 644, 0 " +
                           std::string(walk) + ", reboot, 0 " + walk) == "");
}

BOOST_AUTO_TEST_SUITE_END()
