#include <algorithm>
#include <cstdio>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/configs.hpp"
#include "cli/openers.hpp"
#include "config/words.hpp"
#include "store/kernel.hpp"
#include "store/listing.hpp"

namespace memfile::cli {

namespace {

using Json = nlohmann::ordered_json;

const char* word(store::State state) {
  switch (state) {
    case store::State::linked:
      return "linked";
    case store::State::owed:
      return "owed";
    case store::State::orphan:
      return "orphan";
    case store::State::dangling:
      return "dangling";
    case store::State::moved:
      break;
  }
  return "moved";
}

std::vector<store::Entry> entries_of(const store::Store& store) {
  std::vector<store::Entry> found;
  if (!store::list(store, [&](const store::Entry& entry) { found.push_back(entry); })) {
    complain(std::string(store.path()) + " cannot be read to its end");
  }
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return std::tie(left.path, left.ram) < std::tie(right.path, right.ram);
  });
  return found;
}

// "FILE:LINE" of the rule that puts a file of this origin into RAM; null if none of the configs has one.
Json rule_of(const std::vector<Judge>& judges, const std::string& origin) {
  if (origin.empty()) return nullptr;
  for (const Judge& judge : judges) {
    const config::Decision decision = judge.decide(origin);
    const bool is_ram = decision.rule != config::Decision::no_rule && decision.action == config::Action::ram;
    if (is_ram) return judge.place_of(decision.rule);
  }
  return nullptr;
}

void print_json(const std::vector<store::Entry>& found, const std::vector<Judge>& judges) {
  auto pids = openers();
  Json array = Json::array();
  for (const store::Entry& entry : found) {
    array.push_back({{"path", entry.path},
                     {"ram", entry.ram},
                     {"size", entry.size},
                     {"mtime", entry.modified},
                     {"state", word(entry.state)},
                     {"rule", rule_of(judges, entry.path)},
                     {"pids", pids[{entry.device, entry.inode}]}});
  }
  std::printf("%s\n", array.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// A RAM file that is not behind its link is named, too: that is how it can be looked at.
void print_table(const std::vector<store::Entry>& found) {
  std::uint64_t held = 0;
  std::size_t dangling = 0;
  for (const store::Entry& entry : found) {
    const bool is_behind_link = entry.state == store::State::linked || entry.state == store::State::owed;
    std::string line = config::printable(entry.path);
    if (!is_behind_link) line += (line.empty() ? "" : "  ") + config::printable(entry.ram);
    std::printf("%12llu  %-8s  %s\n", static_cast<unsigned long long>(entry.size), word(entry.state), line.c_str());
    held += entry.held;
    if (entry.state == store::State::dangling) ++dangling;
  }
  const std::string more = dangling == 0 ? "" : ", " + counted(dangling, "dangling link");
  std::printf("%s, %llu bytes of RAM%s\n", counted(found.size() - dangling, "memfile").c_str(),
              static_cast<unsigned long long>(held), more.c_str());
}

}  // namespace

int ls(bool is_json, const std::optional<std::string>& named) {
  const Found config = search_config(named);
  const std::string& root = config.config.store;
  if (config.outcome == Search::wrong) complain("this is the store in " + root + ", as without a config:");
  store::Store store;
  std::vector<store::Entry> found;
  std::vector<Judge> judges;
  if (store::Store::open({.root = root.c_str()}, kernel::geteuid(), store::IfMissing::fail, store)) {
    found = entries_of(store);
    if (is_json) judges = judges_of(store);
  }
  if (is_json) {
    print_json(found, judges);
  } else {
    print_table(found);
  }
  return config.outcome == Search::wrong ? usage : done;
}

}  // namespace memfile::cli
