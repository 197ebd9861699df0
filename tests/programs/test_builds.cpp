// cmake with ninja and with make: a part of this project, from sources on disk into a build folder in RAM.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const Covered build_folder{.rules = R"({"version": 1, "base": "@", "rules": [{"match": "build/**"}]})",
                           .paths = "-path './build/*'"};

// All of it would take too long: of config's sources only those that are soon compiled.
const std::string sources =
    "(cd " + quoted(source("")) +
    " && tar -c CMakeLists.txt config store preload cli scripts) | tar -x && "
    "find config -name '*.cpp' ! -name braces.cpp ! -name glob.cpp ! -name pattern.cpp ! -name problem.cpp -delete";
// The folder's name is random. What says how far a tool is comes in any order, since two work at a time.
const std::string start =
    "export TMPDIR=$PWD/build/temporary; mkdir -p $TMPDIR; id=${PWD%/files}; id=${id##* }; unset "
    "CMAKE_CXX_COMPILER_LAUNCHER CMAKE_C_COMPILER_LAUNCHER; "
    "build() { cmake --build build --target memfile_config \"$@\" 2>&1 | sed \"s/$id/@/g; s/^\\[[^]]*\\] *//\" | sort; "
    "}; ";

const std::vector<std::string> generators{"Ninja", "Unix Makefiles"};

// Logs tell how long something took, and by what random names it went; hashes of rules are such of the folder's name.
const std::vector<std::string> looks{
    "find build -printf '%y %m %n %p %l\\n' | sed \"s|$PWD|@|g\" | LC_ALL=C sort",
    "find build -type f ! -name '.ninja_*' ! -name '*.log' -printf '%s %p\\n' | LC_ALL=C sort",
    "id=${PWD%/files}; id=${id##* }; find build -type f ! -name '.ninja_*' ! -name '*.log' ! -name CMakeRuleHashes.txt "
    "| LC_ALL=C sort | while "
    "IFS= read -r file; do "
    "sed \"s/$id/@/g; s/cmTC_[0-9a-f]*/cmTC/g\" \"$file\" | cksum; echo \"$file\"; done"};

}  // namespace

BOOST_AUTO_TEST_SUITE(builds)

BOOST_DATA_TEST_CASE(a_library_of_this_project, data::make(preloaded_ways) ^ data::make(generators), way, generator) {
  Twins twins(way, build_folder);
  twins.prepare(sources);
  BOOST_TEST(twins.difference(
                 start + "cmake -S . -B build -DMEMFILE_TESTS=OFF -G " + quoted(generator) +
                 " 2>&1 | sed \"s|$PWD|@|g; s/([0-9.]*s)//\"; build -j2; ls build/temporary build/archive") == "");
  for (const std::string& look : looks) BOOST_TEST(twins.difference(look) == "");
  BOOST_TEST(twins.misplaced() == "");
  // What is built is not built again, and after a change only what depends on it.
  BOOST_TEST(twins.difference(start + "build --verbose; rm build/config/CMakeFiles/memfile_config.dir/problem.cpp.o; "
                                      "build; build; touch config/braces.hpp; build -- -n") == "");
  BOOST_TEST(twins.difference(start + "cmake --build build --target clean; find build -name '*.o' -o -name '*.a'; "
                                      "cmake -E rm -r build/config; ls build") == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
