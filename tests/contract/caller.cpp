#include "tests/contract/caller.hpp"

#include <sstream>

namespace memfile::tests {

std::filesystem::path caller() { return std::filesystem::path(MEMFILE_BINARY_FOLDER) / "bin" / "caller"; }

std::string answers_of_caller(const Sandbox& sandbox, Way way, const std::string& arguments, const Company& company) {
  const std::string preloaded = quoted(company.before) + "\" $LD_PRELOAD \"" + quoted(company.behind);
  const Outcome outcome =
      sandbox.run(way, "LD_LIBRARY_PATH=" + quoted(library_folder().string()) + " LD_PRELOAD=" + preloaded + " exec " +
                           quoted(caller().string()) + " " + arguments);
  return outcome.exit_code == 0 ? outcome.output
                                : outcome.output + "exit code " + std::to_string(outcome.exit_code) + "\n";
}

std::string difference_of_lines(const std::string& on_disk, const std::string& in_ram) {
  std::istringstream disk(on_disk);
  std::istringstream ram(in_ram);
  std::string difference;
  while (disk || ram) {
    std::string on_disk_line;
    std::string in_ram_line;
    std::getline(disk, on_disk_line);
    std::getline(ram, in_ram_line);
    if (on_disk_line != in_ram_line) difference += "- " + on_disk_line + "\n+ " + in_ram_line + "\n";
  }
  return difference;
}

std::string difference_of_caller(const std::string& arguments, const Company& company) {
  const Sandbox on_disk(some_in_ram);
  const Sandbox in_ram(some_in_ram);
  return difference_of_lines(answers_of_caller(on_disk, Way::plain, arguments, company),
                             answers_of_caller(in_ram, Way::bare, arguments, company));
}

}  // namespace memfile::tests
