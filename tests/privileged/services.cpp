// Services that root starts and whose work is done by another user, in a /dev/shm of their own.
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;

const std::string user = "nobody nogroup";

struct Served {
  std::string answers;  // of nginx, what a program in the same way sees of its files, and what removing them says
  std::string places;   // what is on disk, and in which stores some folders are
  std::string left;     // in the stores, after the removal
};

Served serve(Way way) {
  const Sandbox sandbox;
  const std::string script = quoted(source("tests/programs/nginx.sh").string());
  sandbox.write("../script",
                "mount -t tmpfs none /dev/shm; chmod 1777 /dev/shm; chmod 755 .. .; cp " +
                    quoted(source("tests/programs/nginx.conf").string()) +
                    " .; umask 022\n"
                    "in_way() { " +
                    sandbox.prefix(way) +
                    "\"$@\"; }\n"
                    "in_way sh " +
                    script + " '" + user +
                    "'\n"
                    "in_way find . -printf '%p %y %m %n %u %g\\n' | sort\n"
                    "{ find . -type f; for folder in logs cache html/deep; do echo $folder in $(find $folder -type l "
                    "-printf '%l\\n' | cut -d / -f 4 | sort -u); done; } >../places\n"
                    "in_way find . -mindepth 1 -maxdepth 1 -exec rm -r {} +\n"
                    "find /dev/shm -type f ! -path '*/.*' >../left\n");
  const std::string answers = sandbox.run(Way::plain, "unshare -m sh ../script").output;
  return {answers, sandbox.read("../places"), sandbox.read("../left")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(services)

BOOST_AUTO_TEST_CASE(nginx_with_workers_of_another_user) {
  const Served on_disk = serve(Way::plain);
  for (const Way way : preloaded_ways) {
    const Served in_ram = serve(way);
    BOOST_TEST(in_ram.answers == on_disk.answers);
    // What was on disk before stays there, whatever replaces it.
    BOOST_TEST(in_ram.places ==
               "./nginx.conf\nlogs in memfile-0\ncache in memfile-65534\nhtml/deep in memfile-65534\n");
    BOOST_TEST(in_ram.left == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()
