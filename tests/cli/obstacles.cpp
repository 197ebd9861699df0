// Programs that the library does not get into are named, and run all the same.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/cli/command.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

constexpr const char* consequence = "; memfile cannot reach it, and its files stay on disk\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(obstacles)

BOOST_AUTO_TEST_CASE(a_static_program_is_named) {
  const Tools tools;
  const Sandbox sandbox;
  const std::string program = (tools.top() / "static_writer").string();
  BOOST_TEST(sandbox.run(Way::plain, launcher_word() + " -r f " + program + " f") ==
             (Outcome{0, "memfile: " + program + " is statically linked" + consequence}));
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "f")));
}

BOOST_AUTO_TEST_CASE(a_static_program_is_found_in_path) {
  const Tools tools;
  const Sandbox sandbox;
  const std::string program = (tools.top() / "static_writer").string();
  const std::string command = "PATH=" + tools.top().string() + ":$PATH " + launcher_word() + " -r f static_writer f";
  BOOST_TEST(sandbox.run(Way::plain, command).output == "memfile: " + program + " is statically linked" + consequence);
}

BOOST_DATA_TEST_CASE(a_scripts_interpreter_is_named,
                     data::make({"#!@/static_writer", "#! @/static_writer -x", "#!/usr/bin/env static_writer",
                                 "#!/usr/bin/env -S static_writer -x", "#!/usr/bin/env -Sstatic_writer",
                                 "#!/usr/bin/env -S -i A=b static_writer", "#!@/inner"}),
                     line) {
  const Tools tools;
  const Sandbox sandbox;
  std::string first = line;
  if (const auto at = first.find('@'); at != std::string::npos) first.replace(at, 1, tools.top().string());
  const std::string script = tools.script("script", first + "\n").string();
  tools.script("inner", "#!" + (tools.top() / "static_writer").string() + "\n");
  const std::string output =
      sandbox.run(Way::plain, "PATH=" + tools.top().string() + ":$PATH " + launcher_word() + " -r f " + script + " f")
          .output;
  BOOST_TEST(output.starts_with("memfile: " + script + " is a script: "), output);
  BOOST_TEST(holds(output, (tools.top() / "static_writer").string() + " is statically linked" + consequence), output);
}

BOOST_DATA_TEST_CASE(of_what_can_be_reached_nothing_is_said,
                     data::make({"#!/bin/sh\necho >f", "#!/usr/bin/env sh\necho >f", "#!/usr/bin/env -S sh -e\necho >f",
                                 "echo >f"}),
                     content) {
  const Tools tools;
  const Sandbox sandbox;
  const std::string script = tools.script("script", content).string();
  BOOST_TEST(sandbox.run(Way::plain, launcher_word() + " -r f " + script) == Outcome{});
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_SUITE_END()
