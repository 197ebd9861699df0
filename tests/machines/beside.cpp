// Libraries for two machines side by side: a program of one starts a program of the other, and each gets its own.
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;

// A program of i386's, which this kernel executes.
const std::string foreign = quoted(source("build/i386/run/probe").string());

// Both libraries in the folders that a Debian package would put them in, below `top`, and the command.
std::string install(const std::string& top) {
  const std::string built = quoted(source("build").string());
  return "top=" + top + "; mkdir -p $top/bin $top/lib/x86_64-linux-gnu $top/lib/i386-linux-gnu; cp " +
         quoted(memfile_command().string()) + " $top/bin; cp " + quoted(own_library_folder().string()) +
         "/libmemfile_preload.so $top/lib/x86_64-linux-gnu; cp " + built +
         "/i386/lib/libmemfile_preload.so $top/lib/i386-linux-gnu";
}

const std::string both = "echo own >own; " + foreign + " creat foreign , raw execve \"echo x >inner\"";

void check_memfiles(const Sandbox& sandbox, const Outcome& outcome) {
  BOOST_TEST(outcome.exit_code == 0, outcome);
  BOOST_TEST(outcome.output.find("ld.so") == std::string::npos, outcome);
  for (const char* name : {"own", "foreign", "inner"}) BOOST_TEST(sandbox.is_memfile(name), outcome);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(beside)

BOOST_AUTO_TEST_CASE(the_launcher_names_the_folder_of_the_programs_architecture) {
  const Sandbox sandbox;
  // The sandbox's path has blanks, where a link of the launcher's stands for the library: without them.
  const Outcome outcome = sandbox.run(
      Way::plain, "mkdir -m 700 /tmp/beside-$$; trap 'rm -r /tmp/beside-$$' EXIT; " + install("/tmp/beside-$$") +
                      "; $top/bin/memfile run -c ../rules.json sh -c " + quoted("echo $LD_PRELOAD; " + both));
  BOOST_TEST(outcome.output.find("/$LIB/libmemfile_preload.so\n") != std::string::npos, outcome);
  check_memfiles(sandbox, outcome);
}

BOOST_AUTO_TEST_CASE(a_bare_name_is_found_in_the_folder_of_the_programs_architecture) {
  const Sandbox sandbox;
  const std::string folders = own_library_folder().string() + ":" + source("build/i386/lib").string();
  check_memfiles(sandbox, sandbox.run(Way::plain, "LD_LIBRARY_PATH=" + quoted(folders) +
                                                      " LD_PRELOAD=libmemfile_preload.so MEMFILE_CONFIG=../rules.json "
                                                      "sh -c " +
                                                      quoted(both)));
}

// A folder's RAM directory is one, whoever names it.
BOOST_AUTO_TEST_CASE(both_meet_in_one_store) {
  const Sandbox sandbox;
  const std::string folders = own_library_folder().string() + ":" + source("build/i386/lib").string();
  const Outcome outcome = sandbox.run(
      Way::plain, "export LD_LIBRARY_PATH=" + quoted(folders) +
                      " LD_PRELOAD=libmemfile_preload.so MEMFILE_CONFIG=../rules.json; echo text >a; " + foreign +
                      " lstat a , cat a , rename a b , open c 'rdwr|creat' , write 0 more; cat b c; mv c b; rm b; " +
                      foreign + " lstat b , lstat c");
  BOOST_TEST(outcome.output.find("text\nmore") != std::string::npos, outcome);
  BOOST_TEST(sandbox.ram_files().empty(), outcome);
}

BOOST_AUTO_TEST_SUITE_END()
