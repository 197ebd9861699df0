#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/configs.hpp"
#include "cli/library.hpp"
#include "config/location.hpp"
#include "config/words.hpp"
#include "store/at.hpp"
#include "store/companion.hpp"
#include "store/exemption.hpp"
#include "store/kernel.hpp"
#include "store/look.hpp"
#include "store/store.hpp"

namespace memfile::cli {

namespace {

using config::printable;
using store::Exemption;

struct Verdict {
  std::string path;  // absolute, in the spelling that was decided on
  Exemption exemption = Exemption::none;
  config::Decision decision;
  bool follows_database = false;  // against its rule on disk, because its database is
};

const char* sentence(Exemption exemption) {
  switch (exemption) {
    case Exemption::none:
      return "none matches";
    case Exemption::system_folder:
      return "none: what is below /dev, /proc and /sys is never redirected";
    case Exemption::store:
      return "none: a store is never redirected into itself";
    case Exemption::config:
      return "none: the config itself is never redirected";
    case Exemption::super_journal:
      return "none: a journal of several databases is never redirected";
    case Exemption::library:
      break;
  }
  return "none: the library itself is never redirected";
}

// Absolute, without "." and empty components; empty if it has "..", whose meaning only the kernel knows.
std::string spelled(const std::string& path) {
  std::string rest = path.starts_with('/') ? path : config::Environment::of_process().working_folder + "/" + path;
  std::string result;
  while (!rest.empty()) {
    const std::string component = rest.substr(0, rest.find('/'));
    rest.erase(0, component.size() + 1);
    if (component == "..") return {};
    if (!component.empty() && component != ".") result += "/" + component;
  }
  return result;
}

// As the library decides: as spelled, and where that says nothing, with the folder resolved.
Verdict judge(const Judge& judge, const std::string& path) {
  const config::Config& config = judge.config();
  const store::Settings settings{.root = config.store.c_str(), .config = config.file.c_str()};
  const std::string library = find_library().value_or("");
  store::PathBuffer buffer;
  const bool is_resolved = buffer && store::resolve({AT_FDCWD, path.c_str()}, *buffer);
  const std::string resolved = is_resolved ? std::string(buffer->view()) : std::string();
  Verdict verdict;
  for (const std::string& candidate : {spelled(path), resolved}) {
    if (candidate.empty()) continue;
    const Exemption exemption = store::exemption(candidate, settings, library);
    verdict.path = candidate;
    if (exemption != Exemption::none) verdict.exemption = exemption;
    if (exemption == Exemption::none) verdict.decision = judge.decide(candidate);
    if (verdict.decision.rule != config::Decision::no_rule) break;
  }
  verdict.follows_database =
      verdict.decision.action == config::Action::ram && store::has_database_on_disk({AT_FDCWD, path.c_str()});
  return verdict;
}

void print_rule(const Judge& judge, const Verdict& verdict) {
  const int index = verdict.decision.rule;
  if (index == config::Decision::no_rule) {
    std::printf("rule: %s\n", sentence(verdict.exemption));
    return;
  }
  std::string patterns;
  for (const config::Pattern& pattern : judge.config().rules[static_cast<std::size_t>(index)].match) {
    patterns += (patterns.empty() ? "" : ", ") + printable(pattern.written);
  }
  std::printf("rule: %d (%s), match %s\n", index + 1, printable(judge.place_of(index)).c_str(), patterns.c_str());
}

// Why the store would not take a file now, or nothing.
std::string refusal(const config::Config& config) {
  store::Settings settings{.root = config.store.c_str()};
  if (config.reserve) settings.reserve = *config.reserve;
  struct stat status {};
  if (stat(config.store.c_str(), &status) != 0) return printable(config.store) + ": " + std::strerror(errno);
  store::Store store;
  if (!store::Store::open(settings, kernel::geteuid(), store::IfMissing::fail, store)) {
    const std::string path(store.path());
    return store::check_store(path.c_str(), kernel::geteuid()) == store::StoreState::off
               ? path + " is not a folder of yours with mode 0711"
               : "";
  }
  return store.room(settings).is_enough ? "" : std::string(store.path()) + " has no room beyond its reserve";
}

void print_future(const config::Config& config, const Verdict& verdict) {
  if (verdict.decision.action != config::Action::ram) {
    std::printf("new:  a file created here goes to disk\n");
    return;
  }
  if (verdict.follows_database) {
    std::printf("new:  a file created here goes to disk: the database that it is a companion of is there\n");
    return;
  }
  const std::string stands_in_the_way = refusal(config);
  if (!stands_in_the_way.empty()) {
    std::printf("new:  a file created here would go to RAM, but goes to disk: %s\n", stands_in_the_way.c_str());
    return;
  }
  std::printf("new:  a file created here goes to RAM%s\n",
              config.transparent ? "" : "; programs see its link (\"transparent\": false)");
}

std::string regular_file(const config::Decision& decision) {
  if (decision.action != config::Action::ram) return "a regular file on disk";
  if (decision.existing == config::Existing::leave) return "a regular file on disk, where it stays when it is written";
  return "a regular file on disk, where it stays: \"existing\": \"load\" is not done yet by this version";
}

std::string standing(const std::string& path, const config::Decision& decision) {
  store::RamPath ram;
  switch (store::look({AT_FDCWD, path.c_str()}, ram)) {
    case store::Standing::absent:
      return "nothing is there";
    case store::Standing::memfile:
      return "a memfile; its bytes are in " + printable(ram.view());
    case store::Standing::dangling:
      return "a dangling link; its RAM file " + printable(ram.view()) + " is gone";
    case store::Standing::other:
      break;
  }
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return std::string("it cannot be looked at: ") + std::strerror(errno);
  if (S_ISREG(status.st_mode)) return regular_file(decision);
  if (S_ISDIR(status.st_mode)) return "a folder";
  return S_ISLNK(status.st_mode) ? "a symbolic link that is not memfile's" : "a special file";
}

}  // namespace

int why(const std::string& path, const std::optional<std::string>& named) {
  const auto config = find_config(named);
  if (!config) return usage;
  const Judge by(*config);
  const Verdict verdict = judge(by, path);
  std::printf("path: %s\n", printable(verdict.path.empty() ? path : verdict.path).c_str());
  print_rule(by, verdict);
  print_future(*config, verdict);
  std::printf("now:  %s\n", standing(path, verdict.decision).c_str());
  return done;
}

}  // namespace memfile::cli
