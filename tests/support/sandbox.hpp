// A folder of its own for a test, rules for it, and three ways to run a command in it: plainly, by the launcher, and
// with a bare LD_PRELOAD. Goes with all that is in it, in the store too.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace memfile::tests {

enum class Way { plain, launcher, bare };
std::ostream& operator<<(std::ostream& stream, Way way);
// The two ways in which every program has to work.
inline const std::vector<Way> preloaded_ways{Way::launcher, Way::bare};

struct Outcome {
  int exit_code = 0;   // 128 + signal where one ended it
  std::string output;  // stdout and stderr together
};
bool operator==(const Outcome& left, const Outcome& right);
std::ostream& operator<<(std::ostream& stream, const Outcome& outcome);

inline const std::string all_in_ram = R"({"version": 1, "base": "@", "rules": [{"match": "**"}]})";

class Sandbox {
 public:
  // `rules` is the config's text; @ in it stands for the folder in which commands run. Default: all below it is RAM.
  explicit Sandbox(const std::string& rules = all_in_ram);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // Runs a command line of sh's in the folder. `environment` is put before it: "NAME=value".
  Outcome run(Way way, const std::string& command, const std::vector<std::string>& environment = {}) const;
  // Words of sh's that start the command after them in that way: for a test that starts processes itself.
  [[nodiscard]] std::string prefix(Way way) const;
  // Replaces the rules.
  void set_rules(const std::string& rules) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path rules_file() const { return top_ / "rules.json"; }
  void write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  // Whether our link to an existing RAM file stands at the name.
  [[nodiscard]] bool is_memfile(const std::string& name) const;
  // RAM files that stand for anything below the folder, linked or not.
  [[nodiscard]] std::vector<std::filesystem::path> ram_files() const;
  // All that the store holds for the folder: RAM files, records, and what is owed.
  [[nodiscard]] std::vector<std::filesystem::path> kept() const;
  // What the store notes as owed, of the folder's.
  [[nodiscard]] std::vector<std::filesystem::path> owed() const;

 private:
  // Names of the RAM directories that stand for something below the folder.
  [[nodiscard]] std::vector<std::filesystem::path> ram_directories() const;
  // What they hold, in this directory of the store's.
  [[nodiscard]] std::vector<std::filesystem::path> entries(const std::filesystem::path& kind) const;
  // The store's notes of configs that are in the sandbox, or speak of it.
  [[nodiscard]] std::vector<std::filesystem::path> config_notes() const;

  std::filesystem::path top_;
  std::filesystem::path folder_;
};

// Those of the steps that this kernel, or emulator, knows the calls of: MEMFILE_LACKS has the words of the others. For
// tests of what works; that a call which is missing is missing with the library, too, is tested everywhere.
[[nodiscard]] std::vector<std::string> possible(const std::vector<std::string>& steps);

// The text as one word of sh's.
[[nodiscard]] std::string quoted(const std::string& text);
// The effective user's store.
[[nodiscard]] std::filesystem::path own_store();
// Built things: the library's folder, the command, the launcher, the probe. MEMFILE_MACHINE names another preset whose
// library and probe are taken, and run by an emulator if need be; MEMFILE_PROBE another program than "probe".
[[nodiscard]] std::filesystem::path library_folder();
// The same for LD_LIBRARY_PATH: ld.so takes the library of its own machine.
[[nodiscard]] std::string library_folders();
[[nodiscard]] std::filesystem::path memfile_command();
[[nodiscard]] std::filesystem::path probe();
[[nodiscard]] std::filesystem::path finder();
// These are this machine's, whatever the other.
[[nodiscard]] std::filesystem::path own_library_folder();
[[nodiscard]] std::filesystem::path static_writer();
[[nodiscard]] std::filesystem::path without();
// A file of the tests' sources.
[[nodiscard]] std::filesystem::path source(const std::string& name);

}  // namespace memfile::tests
