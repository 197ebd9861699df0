// scripts/forget takes from the store what is of a folder, and nothing else; scripts/list-store tells what there is.
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

using namespace memfile::tests;

namespace {

// What scripts/list-store says of the sandbox's folder and its RAM files.
std::string listed(const Sandbox& sandbox) {
  std::string command = quoted(source("scripts/list-store").string()) + " | grep -F -e " +
                        quoted(sandbox.folder().parent_path().string() + "/");
  for (const auto& ram : sandbox.ram_files()) command += " -e " + quoted(ram.parent_path().filename().string());
  return sandbox.run(Way::plain, command + " | sed -E 's/ -> .*//; s/^[^.]*(\\.?[a-z]*).*/\\1/' | sort -u").output;
}

void forget(const Sandbox& sandbox, const std::string& folder) {
  const Outcome outcome = sandbox.run(Way::plain, quoted(source("scripts/forget").string()) + " " + quoted(folder));
  BOOST_TEST(outcome == Outcome{});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forgetting)

BOOST_AUTO_TEST_CASE(of_a_folder_that_is_gone_nothing_is_left) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "mkdir -p top/a/b && cd top && echo >f && echo >a/f && echo >a/b/f && mv f 'another name'");
  BOOST_TEST(sandbox.ram_files().size() == 3U);
  BOOST_TEST(listed(sandbox) != "");
  std::filesystem::remove_all(sandbox.folder() / "top");
  forget(sandbox, sandbox.folder() / "top");
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(listed(sandbox) == ".config\n");
  forget(sandbox, sandbox.folder() / "..");
  BOOST_TEST(listed(sandbox) == "");
}

BOOST_AUTO_TEST_CASE(what_is_beside_the_folder_stays) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "mkdir 'a[b]' a ab 'a[b]c' && for d in 'a[b]' a ab 'a[b]c'; do echo >\"$d/f\"; done");
  forget(sandbox, "a[b]");
  BOOST_TEST(!sandbox.is_memfile("a[b]/f"));
  for (const char* name : {"a/f", "ab/f", "a[b]c/f"}) BOOST_TEST(sandbox.is_memfile(name));
}

BOOST_AUTO_TEST_SUITE_END()
