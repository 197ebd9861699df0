// What scripts/install-missing does for a user who is not root, where a package is missing.
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

using namespace memfile::tests;

namespace {

// Runs the script as an ordinary user, with a PATH that holds nothing but bash, id, and, where it is given, a sudo of
// these lines of sh. It finds neither apt-get nor any package's command.
Outcome install(const std::string& packages, const std::string& sudo = "") {
  const Sandbox sandbox;
  const std::string user = geteuid() == 0 ? "setpriv --reuid 12345 --regid 12345 --clear-groups " : "";
  const std::string prepare =
      "chmod 755 .. && mkdir bin && ln -s \"$(command -v bash)\" \"$(command -v id)\" bin && cp " +
      quoted(source("scripts/install-missing").string()) + " . && " +
      (sudo.empty() ? "" : "printf '#!/bin/sh\\n%s\\n' " + quoted(sudo) + " >bin/sudo && chmod 755 bin/sudo && ");
  return sandbox.run(Way::plain, prepare + user + "$(command -v env) PATH=\"$PWD/bin\" ./install-missing " + packages);
}

const std::string refusal =
    "packages are missing, and there is neither root nor sudo to install them: apt-get install ";

}  // namespace

BOOST_AUTO_TEST_SUITE(install_missing)

BOOST_AUTO_TEST_CASE(without_sudo_the_missing_packages_are_named_and_nothing_is_done) {
  BOOST_TEST(install("one=/none/one bash=bash two=none-of-two") == (Outcome{2, refusal + "one two\n"}));
}

BOOST_AUTO_TEST_CASE(a_sudo_that_would_ask_for_a_password_is_none) {
  BOOST_TEST(install("one=/none/one", "exit 1") == (Outcome{2, refusal + "one\n"}));
}

BOOST_AUTO_TEST_CASE(with_sudo_only_what_is_missing_is_installed) {
  const Outcome outcome = install("one=/none/one bash=bash", R"([ "$1" = -n ] || echo "sudo $*" >&2)");
  BOOST_TEST(outcome.exit_code == 0);
  BOOST_TEST(outcome.output.starts_with("installing one\nsudo apt-get update"), outcome.output);
  BOOST_TEST(outcome.output.ends_with(" one\n"), outcome.output);
}

BOOST_AUTO_TEST_CASE(where_nothing_is_missing_nothing_is_said) {
  BOOST_TEST(install("bash=bash sh=/bin/sh") == (Outcome{0, ""}));
}

BOOST_AUTO_TEST_CASE(a_set_that_does_not_exist_is_a_mistake) { BOOST_TEST(install("tset").exit_code == 2); }

BOOST_AUTO_TEST_SUITE_END()
