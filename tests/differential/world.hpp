// One of the two worlds in which a sequence runs: a folder, and the processes that take turns there. In the memfile
// world those inside have the library, and a store of its own; in the plain world nobody has.
#pragma once
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/differential/process.hpp"
#include "tests/differential/sequence.hpp"

namespace memfile::differential {

enum class Kind { plain, memfile };

class World {
 public:
  // Below `disk` and, in the memfile world, `ram`, a folder on a tmpfs. Both are there, and the world's alone.
  World(Kind kind, const std::filesystem::path& disk, std::filesystem::path ram);

  // An empty folder, and nobody in it.
  void begin();
  // Gives a process its step; the answer is waited for by the second call.
  void send(const Step& step);
  [[nodiscard]] std::string answer(const Step& step);
  // Ends the process if it has begun, and says how; "" if not.
  [[nodiscard]] std::string end(char process);
  [[nodiscard]] std::string end_all();

  // Gives the owner of all folders every right to them: what no ordinary user could enter, this program could not look
  // into either.
  void unlock() const;
  // Names below the folder whose bytes are in RAM: links that lead into the store.
  [[nodiscard]] std::vector<std::filesystem::path> memfiles() const;
  // Removes these names, as a reboot of the other world does; the folders' times stay.
  void lose(const std::vector<std::filesystem::path>& names) const;
  // RAM files in the store.
  [[nodiscard]] std::vector<std::filesystem::path> ram_files() const;
  // Takes everything out of the store, which gets another key, as after a reboot; but for the boot's own characters,
  // without which links of an earlier boot would look like those of another namespace.
  void wipe_store() const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  [[nodiscard]] Process& process(char name);
  [[nodiscard]] std::vector<std::string> environment(char name) const;
  [[nodiscard]] std::filesystem::path store() const;

  Kind kind_;
  std::filesystem::path folder_;
  std::filesystem::path config_;
  std::filesystem::path ram_;
  std::array<std::unique_ptr<Process>, 4> processes_;
};

// Of everything but what ends in .disk.
inline constexpr const char* rules = R"("rules": [{"match": "**", "except": "*.disk"}])";

}  // namespace memfile::differential
