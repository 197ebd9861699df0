// What the probe's steps are made of. A step makes one libc call and answers in one line: result and errno, and what
// was asked for. A descriptor or stream is named by the order of its opening: 0 is the first that a step of this run
// opened.
#pragma once
#include <cerrno>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <vector>

namespace memfile::probe {

using Arguments = std::vector<std::string>;
using Step = std::function<std::string(const Arguments&)>;
using Steps = std::map<std::string, Step>;

// A file for each group of calls.
Steps opening_steps();
Steps making_steps();
Steps removing_steps();
Steps renaming_steps();
Steps linking_steps();
Steps describing_steps();
Steps listing_steps();
Steps walking_steps();
Steps resolving_steps();
Steps changing_steps();
Steps watching_steps();
Steps content_steps();
Steps executing_steps();
Steps raw_steps();
Steps passing_steps();
Steps untouched_steps();
Steps limit_steps();
Steps holding_steps();
Steps observing_steps();

// errno is set to this before each call: a successful call must leave it alone.
constexpr int mark = 4321;

// The word, but for NULL and BAD: pointers that no call can read.
const char* path_of(const std::string& word);
// "done" or "failed" (a negative result), and what errno is.
std::string answer(long result);
// "wronly|creat" as open's flags.
int flags_of(const std::string& words);
// The octal number at `index`; 0666 if there is none.
mode_t mode_of(const Arguments& a, std::size_t index);

// The answer of a call that opens; what it opened is kept.
std::string keep(int fd);
std::string keep(FILE* stream);
// What is kept under that number; std::out_of_range where nothing is. A stream has a descriptor, too.
int descriptor(const std::string& word);
FILE* stream(const std::string& word);
// The same, and it is kept no more.
FILE* taken_stream(const std::string& word);
// What the next step opens is kept under this number. What was kept there is closed.
void keep_next_as(const std::string& word);
// Closes what is kept there, and forgets it.
std::string release(const std::string& word);
// The numbers under which a descriptor or a stream is kept.
std::vector<std::string> kept_numbers();

// A descriptor of the folder that calls with "at" in their names start from: the working folder, or, where a step says
// so, one that is kept.
int open_folder();
void close_folder(int dirfd);
void start_from(const std::string& word);
void start_from_working_folder();

// Runs a call that wants a folder's descriptor.
template <class Call>
auto in_folder(const Call& call) {
  const int dirfd = open_folder();
  errno = mark;
  const auto result = call(dirfd);
  close_folder(dirfd);
  return result;
}

}  // namespace memfile::probe
