#include "tests/support/twins.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>
#include <sys/statvfs.h>

namespace memfile::tests {

namespace {

std::string compared(const Outcome& on_disk, const Outcome& in_ram) {
  if (on_disk == in_ram) return "";
  // What both begin with is long, and says nothing.
  const auto [one, other] = std::ranges::mismatch(on_disk.output, in_ram.output);
  const auto same = static_cast<std::size_t>(one - on_disk.output.begin());
  const std::size_t line = same == 0 ? 0 : on_disk.output.rfind('\n', same - 1) + 1;
  constexpr std::size_t most = 1000;
  std::ostringstream text;
  text << "on disk, from byte " << line << ": " << Outcome{on_disk.exit_code, on_disk.output.substr(line, most)}
       << "\nwith memfile: " << Outcome{in_ram.exit_code, in_ram.output.substr(line, most)};
  return text.str();
}

std::set<std::string> names(const std::string& text) {
  std::set<std::string> result;
  std::istringstream stream(text);
  for (std::string name; std::getline(stream, name, '\0');) result.insert(name);
  return result;
}

// In a store that is noexec, what may be executed is left on disk.
bool is_noexec() {
  struct statvfs store {};
  return statvfs("/dev/shm", &store) == 0 && (store.f_flag & ST_NOEXEC) != 0;
}

// Regular files on disk, each ended by a zero: names may hold line feeds.
std::string on_disk(const Sandbox& sandbox, const Covered& covered) {
  const std::string executable = is_noexec() ? " ! -perm /111" : "";
  return sandbox.run(Way::plain, "find . -type f " + covered.paths + executable + " -print0").output;
}

}  // namespace

void Twins::prepare(const std::string& command) {
  for (const Sandbox* sandbox : {&on_disk_, &in_ram_}) {
    const Outcome outcome = sandbox->run(Way::plain, command);
    if (outcome.exit_code != 0) throw std::runtime_error("could not prepare: " + outcome.output);
  }
  prepared_ = on_disk(in_ram_, covered_);
}

std::string Twins::difference(const std::string& command) const {
  return compared(on_disk_.run(Way::plain, command), in_ram_.run(way_, command));
}

std::string Twins::difference_of_driver(const std::string& command) const {
  return compared(on_disk_.run(Way::plain, command + " " + on_disk_.prefix(Way::plain)),
                  in_ram_.run(Way::plain, command + " " + in_ram_.prefix(way_)));
}

std::string Twins::difference_for_others(const std::string& look) const {
  return compared(on_disk_.run(Way::plain, look), in_ram_.run(Way::plain, look));
}

std::string Twins::misplaced() const {
  std::string text;
  const std::set<std::string> before = names(prepared_);
  for (const std::string& file : names(on_disk(in_ram_, covered_))) {
    if (!before.contains(file)) text += "on disk: " + file + "\n";
  }
  std::set<std::string> led_to;
  const std::string store = own_store().string() + "/";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(in_ram_.folder())) {
    if (!entry.is_symlink()) continue;
    const std::string target = std::filesystem::read_symlink(entry.path());
    if (!target.starts_with(store)) continue;
    if (std::filesystem::is_regular_file(target)) {
      led_to.insert(target);
    } else {
      text += "dangling: " + entry.path().string() + "\n";
    }
  }
  for (const std::filesystem::path& ram : in_ram_.ram_files()) {
    if (!led_to.contains(ram)) text += "without a link: " + ram.string() + "\n";
  }
  return led_to.empty() ? text + "nothing is in RAM\n" : text;
}

std::string Twins::verdict(const std::string& command) const {
  for (const std::string& found : {difference(command), difference_inside(), difference_for_others(), misplaced()}) {
    if (!found.empty()) return found;
  }
  return "";
}

std::string Twins::left_behind() const {
  std::string text = difference("chmod -R u+rwX .; find . -mindepth 1 -maxdepth 1 -exec rm -r {} +; ls -A");
  text += in_ram_.run(Way::plain, "find . -mindepth 1").output;
  for (const std::filesystem::path& ram : in_ram_.kept()) text += "in the store: " + ram.string() + "\n";
  return text;
}

std::string python(const std::string& script) {
  return "/usr/bin/python3 -B '" + source("tests/programs/" + script).string() + "'";
}

}  // namespace memfile::tests
