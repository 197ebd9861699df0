#include "tests/cli/command.hpp"

#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace memfile::tests {

namespace fs = std::filesystem;

std::string memfile_word() { return quoted(memfile_command().string()); }
std::string launcher_word() { return quoted(source("scripts/memfile-run").string()); }

Outcome ask(const Sandbox& sandbox, const std::string& arguments) {
  return sandbox.run(Way::plain, memfile_word() + " " + arguments, {"XDG_CONFIG_HOME=/nonexistent"});
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Tools::Tools(const std::string& name) {
  std::string pattern = "/tmp/memfile-tools-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
  top_ = pattern;
  folder_ = top_ / name;
  fs::create_directories(folder_ / "bin");
  fs::create_directories(folder_ / "lib");
  fs::copy(memfile_command(), folder_ / "bin");
  fs::copy(source("scripts/memfile-run"), folder_ / "bin");
  fs::copy(library_folder() / "libmemfile_preload.so", folder_ / "lib");
  fs::copy(memfile_command().parent_path() / "static_writer", top_);
  constexpr auto everybody = fs::perms(0755);
  for (const auto& entry : fs::recursive_directory_iterator(top_)) fs::permissions(entry, everybody);
  fs::permissions(top_, everybody);
}

Tools::~Tools() {
  std::error_code ignored;
  // Where there was no other word for the library, a link to it was left in the store.
  for (const auto& link : fs::directory_iterator(own_store() / ".lib", ignored)) {
    if (fs::read_symlink(link, ignored) == library()) fs::remove(link, ignored);
  }
  fs::remove_all(top_, ignored);
}

std::string Tools::launcher_word() const { return quoted((folder_ / "bin" / "memfile-run").string()); }
fs::path Tools::library() const { return folder_ / "lib" / "libmemfile_preload.so"; }

fs::path Tools::script(const std::string& name, const std::string& content) const {
  fs::path path = top_ / name;
  std::ofstream(path) << content;
  fs::permissions(path, fs::perms(0755));
  return path;
}

}  // namespace memfile::tests
