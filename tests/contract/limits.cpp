// What the contract cannot hold, as docs/limits.md says it. A test that fails tells that the page has to follow.
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_resolver_that_opens_files_ends_the_program) {
  const Sandbox sandbox(some_in_ram);
  const Company company{.behind = "libresolver.so"};
  BOOST_TEST(answers_of_caller(sandbox, Way::plain, "early", company) == "");
  BOOST_TEST(answers_of_caller(sandbox, Way::bare, "early", company).find("exit code 139") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_saved_under_fakeroot_loses_its_owner) {
  const std::string work = " sh -c 'echo x >f.ram; chown 12:34 f.ram; mv f.ram g; stat -c \"%u %g\" g'";
  const Sandbox sandbox(some_in_ram);
  BOOST_TEST(sandbox.run(Way::plain, "fakeroot" + work).output == "12 34\n");
  BOOST_TEST(sandbox.run(Way::launcher, "fakeroot" + work).output == "0 0\n");
}

BOOST_AUTO_TEST_SUITE_END()
