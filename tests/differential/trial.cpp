#include "tests/differential/trial.hpp"

#include "tests/differential/campaign.hpp"

namespace memfile::differential {

std::string difference_of(const std::string& text, Looking looking) {
  const Ground ground;
  Worlds worlds(ground.disk(0), ground.ram(0));
  const Sequence sequence = sequence_of(text);
  const auto difference = worlds.run(sequence, looking);
  return difference ? told(sequence, *difference) : "";
}

}  // namespace memfile::differential
