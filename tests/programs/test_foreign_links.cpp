// Somebody else's symbolic link, wherever it leads, is never taken for a memfile's: whatever is done to it acts as
// without the library, and frees nothing.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// A memfile whose RAM file foreign links lead to, on both sides; and a place of its own in /dev/shm.
struct Scene {
  Scene() : shm("/dev/shm/memfile-foreign-" + std::to_string(getpid())) {
    std::filesystem::create_directories(shm);
    memfiles.run(Way::bare, "printf precious >f");
    ram = std::filesystem::read_symlink(memfiles.folder() / "f");
  }
  ~Scene() { std::filesystem::remove_all(shm); }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  Sandbox memfiles;
  std::filesystem::path ram;  // /dev/shm/memfile-UID/DIRECTORY/f
  std::filesystem::path shm;
};

std::string link_target(const Scene& scene, const std::string& kind) {
  std::string directory = scene.ram.parent_path().string();
  std::string store = own_store().string();
  if (kind == "a file in /dev/shm") return scene.shm / "x";
  if (kind == "a folder in /dev/shm") return scene.shm;
  if (kind == "nothing in /dev/shm") return scene.shm / "none";
  if (kind == "a file beside it") return "beside";
  if (kind == "nothing beside it") return "none";
  if (kind == "a folder beside it") return "folder";
  if (kind == "itself") return "link";
  if (kind == "a memfile's link") return scene.memfiles.folder() / "f";
  if (kind == "the store") return store;
  if (kind == "a directory of the store") return directory;
  if (kind == "a name too short for the store") return store + "/abc/f";
  if (kind == "a folder below a directory of the store") return directory + "/below/f";
  if (kind == "a note of the store") return store + "/.origin/" + scene.ram.parent_path().filename().string();
  if (kind == "a RAM file, relative") return "../../.." + scene.ram.string();
  if (kind == "a RAM file, slashes doubled") return directory + "//f";
  if (kind == "a RAM file, by a dot") return directory + "/./f";
  if (kind == "a RAM file, by two dots") return "/dev/../dev/shm" + scene.ram.string().substr(8);
  throw std::runtime_error("no such kind of link: " + kind);
}

const std::vector<std::string> kinds{"a file in /dev/shm",
                                     "a folder in /dev/shm",
                                     "nothing in /dev/shm",
                                     "a file beside it",
                                     "nothing beside it",
                                     "a folder beside it",
                                     "itself",
                                     "a memfile's link",
                                     "the store",
                                     "a directory of the store",
                                     "a name too short for the store",
                                     "a folder below a directory of the store",
                                     "a note of the store",
                                     "a RAM file, relative",
                                     "a RAM file, slashes doubled",
                                     "a RAM file, by a dot",
                                     "a RAM file, by two dots"};

}  // namespace

BOOST_AUTO_TEST_SUITE(foreign_links)

BOOST_DATA_TEST_CASE(are_somebody_elses, data::make(preloaded_ways) * data::make(kinds), way, kind) {
  const Scene scene;
  const std::string target = link_target(scene, kind);
  Twins twins(way);
  // Without the library: what the link leads to is as it was, and then the link is made.
  const std::string make = "set -e; mkdir -p folder; printf text >beside; rm -f none; rm -rf " +
                           quoted(scene.shm / "none") + "; printf text >" + quoted(scene.shm / "x") +
                           "; printf precious >" + quoted(scene.ram) + "; ln -s " + quoted(target) + " link";
  const std::string look = "for f in beside none " + quoted(scene.shm / "x") + " " + quoted(scene.shm / "none") + " " +
                           quoted(scene.ram) + "; do printf '%s: ' \"$f\"; cat \"$f\" 2>&1; echo; done";
  twins.prepare("printf %s " + quoted(target) + " >target-text; printf %s " + quoted(make) + " >make; printf %s " +
                quoted(look) + " >target");
  BOOST_TEST(twins.difference(python("foreign.py")) == "");
  BOOST_TEST(scene.memfiles.is_memfile("f"));
}

// Its target has a RAM path's form, as a copy of the memfile's own link would.
BOOST_DATA_TEST_CASE(by_another_way_to_the_store_free_nothing, data::make(preloaded_ways), way) {
  const Scene scene;
  const Sandbox sandbox;
  std::filesystem::create_symlink("/dev/shm", sandbox.folder() / "way");
  const std::string target = (sandbox.folder() / "way").string() + scene.ram.string().substr(8);
  const Outcome outcome = sandbox.run(way, "ln -s " + quoted(target) + " link; ln -s " + quoted(target) +
                                               " other; cat link; rm link; echo x >link; mv link other; cat other");
  BOOST_TEST(outcome.output == "preciousx\n");
  BOOST_TEST(scene.memfiles.read("f") == "precious");
}

BOOST_AUTO_TEST_SUITE_END()
