// Every difference that a generated sequence has shown, shrunken, and mended since.
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>

#include "tests/differential/trial.hpp"

using memfile::differential::difference_of;
using memfile::differential::Looking;

namespace {

// Of the processor's time, by processes that have ended.
double seconds_of_children() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(regressions)

BOOST_AUTO_TEST_CASE(a_new_file_does_not_say_that_it_was_opened_without_following) {
  BOOST_TEST(difference_of("0 1= creat-file a 644") == "");
}

// Every name was tried: half a second of the processor's.
BOOST_AUTO_TEST_CASE(a_temporary_file_in_what_is_no_folder_is_given_up_at_once) {
  const double before = seconds_of_children();
  BOOST_TEST(difference_of("0 1= creat-file d 644, 0 2= mkstemp-as d/b b, 0 2= mkstemp-as none/b b") == "");
  BOOST_TEST(seconds_of_children() - before < 0.2);
}

BOOST_AUTO_TEST_CASE(no_name_is_linked_below_a_file) {
  BOOST_TEST(difference_of("0 3= creat-file d 200, 0 link d d/a, 0 linkat d d/.") == "");
}

BOOST_AUTO_TEST_CASE(a_name_with_a_slash_is_not_linked) {
  BOOST_TEST(difference_of("0 1= creat-file a 644, 0 link a a/, 0 link a b/, 0 link a NULL, 0 link a BAD") == "");
}

BOOST_AUTO_TEST_CASE(a_link_of_the_users_own_leads_to_a_new_file_where_one_dangles) {
  const std::string lost = "0 1= creat-file a 644, 0 symlink a l, 0 symlink @/l k, reboot, ";
  BOOST_TEST(difference_of(lost + "0 3= open l rdwr|creat|nonblock 600, 0 write 3 text") == "");
  BOOST_TEST(difference_of(lost + "0 3= creat-file k 640") == "");
  BOOST_TEST(difference_of(lost + "0 3= fopen-file l w, 0 print 3 text") == "");
  BOOST_TEST(difference_of(lost + "0 3= fopen-file b w, 0 freopen-kept 3 l w, 0 print 3 text") == "");
  BOOST_TEST(difference_of(lost + "0 3= open l rdwr|creat|excl|nonblock 600, 0 4= open l rdonly|nonblock") == "");
}

BOOST_AUTO_TEST_CASE(a_stream_is_opened_where_no_rule_covers_a_link_that_dangles) {
  const std::string lost = "0 1= creat-file a 644, 0 rename a x.disk, reboot, ";
  BOOST_TEST(difference_of(lost + "0 3= fopen-file x.disk w, 0 print 3 text") == "");
  BOOST_TEST(difference_of(lost + "0 3= fopen-file b w, 0 freopen-kept 3 x.disk a, 0 print 3 text") == "");
}

BOOST_AUTO_TEST_CASE(a_bad_pointer_is_no_new_name) {
  BOOST_TEST(difference_of("0 2= creat-file k 200, 0 rename k/a NULL, 0 rename k NULL, 0 rename k/a BAD") == "");
}

BOOST_AUTO_TEST_CASE(what_is_exchanged_is_looked_for_before_slashes) {
  BOOST_TEST(difference_of("0 1= creat-file a 644, 0 renameat2 a/ b 2, 0 mkdir d 755, 0 renameat2 a d/ 2, "
                           "0 renameat2 a/ d 2, 0 renameat2 d a/ 2") == "");
  BOOST_TEST(difference_of("0 symlink a l, 0 renameat2 l l/ 2") == "");
}

BOOST_AUTO_TEST_CASE(a_dot_is_no_name_whatever_is_absent) {
  BOOST_TEST(difference_of("0 renameat2 . a 2, 0 mkdir d 755, 0 renameat2 d/. a 2, 0 rename a .") == "");
  BOOST_TEST(difference_of("0 1= creat-file a 644, reboot, 0 rename a ., 0 renameat2 a . 2, 0 renameat2 a . 1") == "");
}

BOOST_AUTO_TEST_CASE(no_path_is_absent_wherever_it_is_to_go) {
  BOOST_TEST(difference_of("0 3= creat-file e 600, 0 rename $ e/a") == "");
}

BOOST_AUTO_TEST_CASE(a_file_is_not_renamed_to_a_name_with_a_slash) {
  BOOST_TEST(difference_of("0 1= creat-file a 644, 0 rename a a/, 0 rename a/ a, 0 link a b, 0 rename a b/") == "");
}

BOOST_AUTO_TEST_CASE(what_dangles_is_absent_with_a_slash_too) {
  const std::string lost = "0 1= creat-file a 644, reboot, ";
  for (const char* call : {"unlink a/", "remove a/", "rmdir a/", "rename a/ b", "unlinkat a/ 512"}) {
    BOOST_TEST(difference_of(lost + "0 " + call) == "", call);
  }
  BOOST_TEST(difference_of("0 symlink none n, 0 rmdir n/, 0 unlink n/") == "");
}

BOOST_AUTO_TEST_CASE(what_dangles_is_absent_before_what_it_may_not_replace) {
  BOOST_TEST(difference_of("0 1= creat-file a 644, reboot, 0 mkdir b 700, 0 renameat2 a b 1") == "");
}

BOOST_AUTO_TEST_CASE(what_dangles_is_no_file_where_a_folder_is_to_be_opened) {
  BOOST_TEST(difference_of("0 1= creat-file a 644, reboot, 0 1= open a rdonly|directory|nofollow|nonblock") == "");
}

BOOST_AUTO_TEST_CASE(what_is_missing_on_the_way_is_no_ram_file) {
  const std::string lost = "0 1= creat-file a 644, 0 symlink a l, reboot, ";
  for (const char* path : {"a/b", "a/b/c", "l/b", "a", "none/a/b", "a/"}) {
    BOOST_TEST(difference_of(lost + "0 realpath-buffer " + path) == "", path);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_renamed_is_not_saved_first) {
  for (const char* path : {"k/../b", "none/x.disk", "d/a/x.disk"}) {
    BOOST_TEST(difference_of("0 mkdir d 755, 0 4= open d rdonly|nonblock, 0 mknod d/a 100600, 0 futimens 4, 0 rename "
                             "d/a " +
                             std::string(path)) == "",
               path);
  }
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_removed_was_not_read) {
  BOOST_TEST(difference_of("0 mkdir d 755, 0 2= creat-file d/a 600, 0 utimensat d, 0 remove d", Looking::where_told) ==
             "");
}

BOOST_AUTO_TEST_SUITE_END()
