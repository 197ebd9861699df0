// The names that programs with times of 64 bits have on machines of 32: that the suites reach each of them.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/sandbox.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> hooked{"__stat64_time64",         "__lstat64_time64", "__fstatat64_time64",
                                      "__utimensat64",           "__lutimes64",      "__glob64_time64",
                                      "__ftw64_time64",          "__nftw64_time64",  "__fts64_read_time64",
                                      "__fts64_children_time64", "__prctl_time64"};

const std::vector<std::string> machines{"armhf", "i386"};

// What `nm` says of a built file's dynamic symbols.
std::string symbols(const std::string& machine, const std::string& file, const std::string& kind) {
  const Sandbox sandbox;
  const std::string path = source("build/" + machine + "/" + file).string();
  return sandbox
      .run(Way::plain,
           "nm -D --" + kind + "-only " + quoted(path) + " | awk '{print \"=\" $NF \"=\"}' | sed 's/@.*/=/'")
      .output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(names)

BOOST_DATA_TEST_CASE(the_probe_with_times_of_64_bits_calls_them, data::make(machines) * data::make(hooked), machine,
                     name) {
  const std::string called = symbols(machine, "bin/probe_time64", "undefined");
  BOOST_TEST(called.find("=" + name + "=") != std::string::npos, called);
}

BOOST_DATA_TEST_CASE(the_library_stands_in_for_them, data::make(machines) * data::make(hooked), machine, name) {
  const std::string exported = symbols(machine, "lib/libmemfile_preload.so", "defined");
  BOOST_TEST(exported.find("=" + name + "=") != std::string::npos, exported);
}

BOOST_DATA_TEST_CASE(where_all_is_of_64_bits_there_are_none, data::make(hooked), name) {
  const std::string exported = symbols("arm64", "lib/libmemfile_preload.so", "defined");
  BOOST_TEST(exported.find("=open=") != std::string::npos);
  BOOST_TEST(exported.find("=" + name + "=") == std::string::npos, exported);
}

BOOST_AUTO_TEST_SUITE_END()
