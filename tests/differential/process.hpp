// A probe that takes turns, driven over a socket. One program for many sequences: what it forks for each of them is as
// new as a program, and costs a tenth of one.
#pragma once
#include <string>
#include <sys/types.h>
#include <vector>

namespace memfile::differential {

class Process {
 public:
  // Starts the program `words` with exactly this environment.
  Process(std::vector<std::string> words, std::vector<std::string> environment);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Sends a step; its answer is then waited for by the second call. Between the two, others can be given theirs.
  void send(const std::string& step);
  // "no answer" where there is none within ten seconds, or where the process is gone; it is then started anew.
  [[nodiscard]] std::string answer();

  // The child that takes steps in the folder; false if it cannot go there.
  [[nodiscard]] bool begin(const std::string& folder);
  [[nodiscard]] bool has_begun() const { return has_begun_; }
  // Sends the end; the answer then says how it ended.
  void send_end();

 private:
  void start();
  void stop();

  std::vector<std::string> words_;
  std::vector<std::string> environment_;
  pid_t pid_ = -1;
  int socket_ = -1;
  bool has_begun_ = false;
};

}  // namespace memfile::differential
