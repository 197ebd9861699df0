// What takes root to arrange: programs that run with more rights than their caller, who is an ordinary user.
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;

namespace {

const std::string as_user = "setpriv --reuid 12345 --regid 12345 --clear-groups ";
// cap_net_raw, permitted and effective, as the kernel keeps it.
const std::string give_capabilities =
    "setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 program";

// What the launcher says of a copy of `true` that root prepared like this.
Outcome started(const std::string& prepare, const std::string& caller) {
  const Tools tools;
  const Sandbox sandbox;
  const std::string command = "cd " + tools.top().string() + " && cp /bin/true program && " + prepare +
                              " && echo '{\"version\": 1}' >rules.json && chmod 644 rules.json && " + caller +
                              tools.launcher_word() + " -c rules.json ./program";
  return sandbox.run(Way::plain, command);
}

std::string said(const std::string& what) {
  return "memfile: ./program " + what + "; memfile cannot reach it, and its files stay on disk\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(as_root)

BOOST_AUTO_TEST_CASE(a_program_of_another_users_rights_is_named) {
  BOOST_TEST(started("chown 54321 program && chmod 4755 program", as_user) == (Outcome{0, said("is setuid")}));
  BOOST_TEST(started("chown :54321 program && chmod 2755 program", as_user) == (Outcome{0, said("is setgid")}));
  BOOST_TEST(started(give_capabilities, as_user) == (Outcome{0, said("has file capabilities")}));
}

BOOST_AUTO_TEST_CASE(rights_that_the_caller_has_are_no_obstacle) {
  BOOST_TEST(started("chown 12345:12345 program && chmod 6755 program", as_user) == Outcome{});
  BOOST_TEST(started(give_capabilities, "") == Outcome{});
}

BOOST_AUTO_TEST_CASE(capabilities_do_not_keep_the_library_from_root) {
  const Sandbox sandbox;
  const Tools tools;
  const std::string prepare = "cp /bin/touch " + tools.top().string() + "/program && cd " + tools.top().string() +
                              " && " + give_capabilities + " && cd - >/dev/null && ";
  BOOST_TEST(sandbox.run(Way::plain, prepare + launcher_word() + " -r f " + tools.top().string() + "/program f") ==
             Outcome{});
  BOOST_TEST(sandbox.is_memfile("f"));
}

// A stranger's link in a shared folder to a config of root's own.
BOOST_AUTO_TEST_CASE(a_planted_link_is_no_config) {
  for (const char* planter : {"0", "54321"}) {
    const Sandbox sandbox;
    const std::string prepare =
        "ln -s ../rules.json .memfile.json && chown -h " + std::string(planter) + " .memfile.json && ";
    BOOST_TEST(sandbox.run(Way::plain, prepare + launcher_word() + " touch f").exit_code == (*planter == '0' ? 0 : 2));
    BOOST_TEST(sandbox.is_memfile("f") == (*planter == '0'));
  }
}

BOOST_AUTO_TEST_SUITE_END()
