#include "tests/support/twins.hpp"

#include <algorithm>
#include <set>
#include <sstream>

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

std::set<std::string> lines(const std::string& text) {
  std::set<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.insert(line);
  return result;
}

std::string regular_files(const Sandbox& sandbox) { return sandbox.run(Way::plain, "find . -type f").output; }

}  // namespace

void Twins::prepare(const std::string& command) {
  for (const Sandbox* sandbox : {&on_disk_, &in_ram_}) {
    const Outcome outcome = sandbox->run(Way::plain, command);
    if (outcome.exit_code != 0) throw std::runtime_error("could not prepare: " + outcome.output);
  }
  prepared_ = regular_files(in_ram_);
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
  const std::set<std::string> before = lines(prepared_);
  for (const std::string& file : lines(regular_files(in_ram_))) {
    if (!before.contains(file)) text += "on disk: " + file + "\n";
  }
  std::set<std::string> led_to;
  for (const std::string& link : lines(in_ram_.run(Way::plain, "find . -type l").output)) {
    if (in_ram_.is_memfile(link)) led_to.insert(std::filesystem::read_symlink(in_ram_.folder() / link));
  }
  for (const std::string& link : lines(in_ram_.run(Way::plain, "find . -xtype l").output)) {
    text += "dangling: " + link + "\n";
  }
  for (const std::filesystem::path& ram : in_ram_.ram_files()) {
    if (!led_to.contains(ram)) text += "without a link: " + ram.string() + "\n";
  }
  return led_to.empty() ? text + "nothing is in RAM\n" : text;
}

std::string Twins::verdict(const std::string& command) const {
  for (const std::string& found : {difference(command), difference_for_others(), misplaced()}) {
    if (!found.empty()) return found;
  }
  return "";
}

std::string python(const std::string& script) {
  return "/usr/bin/python3 -B '" + source("tests/programs/" + script).string() + "'";
}

}  // namespace memfile::tests
