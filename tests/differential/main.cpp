// differential: generated sequences of calls on plain disk and on memfiles, compared.
#include <chrono>
#include <iostream>
#include <random>

#include <CLI/CLI.hpp>

#include "tests/differential/campaign.hpp"

namespace {

using namespace memfile::differential;

int replay(const std::string& text) {
  const Ground ground;
  Worlds worlds(ground.disk(0), ground.ram(0));
  worlds.tell_answers_to(&std::cout);
  const Sequence sequence = sequence_of(text);
  const auto difference = worlds.run(sequence);
  if (difference) std::cout << told(sequence, *difference) << "\n";
  return difference ? 1 : 0;
}

int carry_out_and_tell(const Plan& plan) {
  std::cout << "seed " << plan.seed << ", " << plan.sequences << " sequences of up to " << plan.bounds.steps << " steps"
            << std::endl;
  const auto begin = std::chrono::steady_clock::now();
  const Report report = carry_out(plan);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  const Counts& counts = report.counts;
  std::cout << counts.sequences << " runs, " << counts.steps << " steps, " << counts.sequences_in_ram
            << " with bytes in RAM at their end, " << counts.explained << " explained by a limit, "
            << report.failures.size() << " failures, " << time.count() << " s\nlongest: " << counts.longest_time
            << " s, " << counts.longest << "\n";
  // Nothing was tried where nothing was in RAM.
  const bool is_used = counts.sequences_in_ram * 4 > counts.sequences;
  if (!is_used) std::cout << "too little was in RAM: is the library at work?\n";
  return report.failures.empty() && is_used ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Generated sequences of calls, on plain disk and on memfiles, compared", "differential");
  Plan plan;
  std::string replayed;
  std::uint64_t number = 0;
  auto* seed = app.add_option("--seed", plan.seed, "Default: a fresh one, which is printed");
  app.add_option("--sequences", plan.sequences, "How many are run")->capture_default_str();
  app.add_option("--steps", plan.bounds.steps, "The most steps of one")
      ->capture_default_str()
      ->check(CLI::Range(3, 200));
  app.add_option("--processes", plan.bounds.processes, "The most processes of one")->check(CLI::Range(1, 3));
  app.add_option("--jobs", plan.jobs, "How many run at a time")->capture_default_str();
  app.add_option("--failures", plan.most_failures, "How many end the run")->capture_default_str();
  auto* only = app.add_option("--number", number, "Only this sequence of the seed, each answer told");
  auto* again = app.add_option("--replay", replayed, "These steps, each answer told");
  CLI11_PARSE(app, argc, argv);
  if (*again) return replay(replayed);
  if (!*seed) plan.seed = std::random_device{}();
  if (*only) return replay(text_of(generated(plan.seed, number, plan.bounds)));
  return carry_out_and_tell(plan);
}
