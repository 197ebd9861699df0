// The configs that commands go by: the one that a program started here would get, and those that created in a store.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/table.hpp"
#include "store/store.hpp"

namespace memfile::cli {

enum class Search { found, none, wrong };

// The config named, else the one that the launcher would find. Reports on stderr what is wrong with it, not that there
// is none.
struct Found {
  Search outcome = Search::none;
  config::Config config;
};
[[nodiscard]] Found search_config(const std::optional<std::string>& named);

// The same for commands that need one: there being none is reported, too.
[[nodiscard]] std::optional<config::Config> find_config(const std::optional<std::string>& named);

// A config, and its answers.
class Judge {
 public:
  explicit Judge(config::Config config);

  [[nodiscard]] const config::Config& config() const { return config_; }
  // `path` is absolute and as the kernel knows it.
  [[nodiscard]] config::Decision decide(const std::string& path) const;
  // "FILE:LINE" of a rule.
  [[nodiscard]] std::string place_of(int rule) const;

 private:
  config::Config config_;
  std::vector<std::byte> bytes_;
};

// Those under which something was created in the store, the last noted first. Left out are those that are gone.
[[nodiscard]] std::vector<Judge> judges_of(const store::Store& store);

}  // namespace memfile::cli
