#include <stdexcept>

#include "tests/preload/listing.hpp"

namespace memfile::tests {

namespace fs = std::filesystem;

namespace {

void reboot(const Sandbox& sandbox, Way way, const std::string& name) {
  const fs::path path = sandbox.folder() / name;
  if (way != Way::plain && !sandbox.is_memfile(name)) throw std::runtime_error(name + " is no memfile");
  fs::remove(way == Way::plain ? path : fs::read_symlink(path));
}

}  // namespace

void furnish(const Sandbox& sandbox, Way way) {
  const Outcome prepared = sandbox.run(Way::plain,
                                       "mkdir sub gone ../outside && printf disk >disk && ln -s disk link && ln -s "
                                       "none broken && ln -s ../outside foreign");
  if (prepared.exit_code != 0) throw std::runtime_error(prepared.output);
  (void)answers(sandbox,
                "creat memfile 640 , write 0 text , creat empty , creat sub/inner , creat lost , creat sub/lost , "
                "creat gone/one , creat gone/two",
                way);
  for (const char* name : {"lost", "sub/lost", "gone/one", "gone/two"}) reboot(sandbox, way, name);
}

std::string furnished_difference(const std::string& steps) {
  std::string results[2];
  for (const Way way : {Way::plain, Way::bare}) {
    const Sandbox sandbox;
    furnish(sandbox, way);
    std::string& result = results[way == Way::plain ? 0 : 1];
    result = answers(sandbox, steps, way);
    const std::string folder = sandbox.folder().string();
    for (std::size_t at = 0; (at = result.find(folder, at)) != std::string::npos;)
      result.replace(at, folder.size(), "@");
  }
  return results[0] == results[1] ? "" : "on disk:\n" + results[0] + "on memfiles:\n" + results[1];
}

}  // namespace memfile::tests
