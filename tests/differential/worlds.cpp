#include "tests/differential/worlds.hpp"

#include <chrono>
#include <ostream>

#include "tests/differential/limits.hpp"

namespace memfile::differential {

namespace fs = std::filesystem;

namespace {

// Looked at beside all that a walk finds: what it does not find, and other ways to the same.
const Step look{'0', {"observe", "a", "b", "e", "x.disk", "d", "d/a", "l", "k/a", "n"}};

fs::path made(fs::path folder) {
  fs::create_directories(folder);
  return folder;
}

// An outsider that moves or removes a link leaves its RAM file behind.
bool has_orphans_by_outsiders(const Sequence& sequence) {
  for (const Step& step : sequence) {
    if (!is_inside(step.process) && (step.is("rename") || step.is("unlink"))) return true;
  }
  return false;
}

}  // namespace

Worlds::Worlds(const fs::path& disk, const fs::path& ram)
    : disk_(made(disk)), ram_(made(ram)), plain_(Kind::plain, disk_, ram_), memfile_(Kind::memfile, disk_, ram_) {}

Worlds::~Worlds() {
  (void)plain_.end_all();
  (void)memfile_.end_all();
  plain_.unlock();
  memfile_.unlock();
  std::error_code error;
  fs::remove_all(disk_, error);
  fs::remove_all(ram_, error);
}

std::optional<Difference> Worlds::run(const Sequence& sequence, Looking looking) {
  sequence_ = &sequence;
  difference_.reset();
  plain_.begin();
  memfile_.begin();
  if (!run_steps(looking) || !finish()) {
    (void)plain_.end_all();
    (void)memfile_.end_all();
  }
  ++counts_.sequences;
  return difference_;
}

bool Worlds::run_steps(Looking looking) {
  for (at_ = 0; at_ < sequence_->size(); ++at_) {
    ++counts_.steps;
    if (!take((*sequence_)[at_])) return false;
    if (looking == Looking::always && !ask_both(look)) return false;
  }
  return true;
}

bool Worlds::take(const Step& step) {
  if (step.is("reboot")) return reboot();
  if (step.is("observe")) return ask_both(look);
  if (step.is("restart")) return compare(text_of(step), plain_.end(step.process), memfile_.end(step.process));
  return ask_both(step);
}

bool Worlds::ask_both(const Step& step) {
  const auto begin = std::chrono::steady_clock::now();
  plain_.send(step);
  memfile_.send(step);
  const std::string on_disk = plain_.answer(step);
  const std::string in_ram = memfile_.answer(step);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  if (time.count() > counts_.longest_time) {
    counts_.longest_time = time.count();
    counts_.longest = text_of(step);
  }
  return compare(text_of(step), on_disk, in_ram);
}

bool Worlds::compare(const std::string& what, const std::string& on_disk, const std::string& in_ram) {
  if (told_ != nullptr) {
    *told_ << what << "\n    " << on_disk << "\n";
    if (on_disk != in_ram) *told_ << "    " << in_ram << "\n";
  }
  if (on_disk == in_ram) return true;
  if (are_explained({*sequence_, at_, on_disk, in_ram})) {
    ++counts_.explained;
    return true;
  }
  difference_ = Difference{at_, what, on_disk, in_ram};
  return false;
}

bool Worlds::end_in_both() {
  const std::string on_disk = plain_.end_all();
  return compare("all end", on_disk, memfile_.end_all());
}

bool Worlds::reboot() {
  if (!end_in_both()) return false;
  plain_.unlock();
  memfile_.unlock();
  plain_.lose(memfile_.memfiles());
  memfile_.wipe_store();
  return true;
}

bool Worlds::finish() {
  at_ = sequence_->size();
  if (!ask_both(look)) return false;
  counts_.sequences_in_ram += memfile_.ram_files().empty() ? 0U : 1U;
  // What was owed is saved then, and nobody may see that.
  if (!end_in_both() || !ask_both(look)) return false;
  plain_.unlock();
  memfile_.unlock();
  return end_in_both() && ask_both({'0', {"clear"}}) && end_in_both() && is_store_empty();
}

bool Worlds::is_store_empty() {
  std::string left;
  if (has_orphans_by_outsiders(*sequence_)) return true;
  for (const fs::path& file : memfile_.ram_files()) left += " " + file.string();
  return compare("what is left in the store", "", left);
}

}  // namespace memfile::differential
