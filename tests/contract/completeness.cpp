// What follows about every call is about every symbol that the library stands in for.
#include <boost/test/unit_test.hpp>

#include "tests/contract/caller.hpp"

using namespace memfile::tests;

BOOST_AUTO_TEST_SUITE(completeness)

BOOST_AUTO_TEST_CASE(every_hooked_symbol_is_called) {
  const Sandbox sandbox;
  const std::string hooked = quoted(source("scripts/list-exports").string()) + " " +
                             quoted(source("preload/symbols.hpp").string()) +
                             " | sed -nE 's/^ +([A-Za-z0-9_]+);$/\\1/p' | sort -u";
  const std::string called = quoted(caller().string()) + " names | sed 's/ .*//' | sort -u";
  const std::string missing = "{ " + hooked + "; } >hooked; { " + called + "; } >called; comm -23 hooked called";
  BOOST_TEST(sandbox.run(Way::plain, missing).output == "");
  BOOST_TEST(sandbox.read("hooked").size() > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
