#include "tests/differential/limits.hpp"

#include <algorithm>
#include <cctype>
#include <fcntl.h>
#include <filesystem>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace memfile::differential {

namespace {

Words words_of(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// The part of an observation's word that begins with ",a": what it says of the access time.
std::string access_time(const std::string& word) {
  const std::size_t begin = word.find(",a");
  return begin == std::string::npos ? "" : word.substr(begin, word.find(',', begin + 1) - begin);
}

std::string without_access_time(std::string word) {
  const std::string part = access_time(word);
  return part.empty() ? word : word.erase(word.find(part), part.size());
}

std::string without(std::string word, const std::string& part) {
  const std::size_t at = word.find(part);
  return at == std::string::npos ? word : word.erase(at, part.size());
}

// A number behind these letters, taken out.
std::string without_number(std::string word, const std::string& letters) {
  const std::size_t at = word.find(letters);
  if (at == std::string::npos) return word;
  std::size_t end = at + letters.size();
  while (end < word.size() && std::isdigit(static_cast<unsigned char>(word[end])) != 0) ++end;
  return word.erase(at, end - at);
}

bool is_of_link(const std::string& word) { return word.find(":l777,") != std::string::npos; }

// In an observation a word is told of each name, or of what is kept, in the same order on both sides.
void forgive_words(Answers& answers, bool (*is_explained)(const std::string& on_disk, const std::string& in_ram)) {
  const Words on_disk = words_of(answers.on_disk);
  Words in_ram = words_of(answers.in_ram);
  if (on_disk.size() != in_ram.size()) return;
  for (std::size_t i = 0; i < on_disk.size(); ++i) {
    if (on_disk[i] != in_ram[i] && is_explained(on_disk[i], in_ram[i])) in_ram[i] = on_disk[i];
  }
  answers.on_disk = joined(on_disk);
  answers.in_ram = joined(in_ram);
}

void forgive_access_to_links(Answers& answers) {
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    return is_of_link(on_disk) && access_time(in_ram) == ",anow" &&
           without_access_time(on_disk) == without_access_time(in_ram);
  });
}

// Before the step that was answered.
bool has_outsider_moved(const Answers& answers) {
  for (std::size_t i = 0; i < answers.step && i < answers.sequence.size(); ++i) {
    const Step& step = answers.sequence[i];
    if (!is_inside(step.process) && (step.is("unlink") || step.is("rename"))) return true;
  }
  return false;
}

// What an outsider takes away is a link: whoever has the file open sees that it still has a name.
void forgive_names_of_orphans(Answers& answers) {
  if (!has_outsider_moved(answers)) return;
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    if (on_disk.find("=fd") != 1 || on_disk.find(",n0,") == std::string::npos) return false;
    std::string alike = on_disk;
    return alike.replace(on_disk.find(",n0,"), 4, ",n1,") == in_ram;
  });
  if (answers.on_disk.ends_with(" nlink 0") && answers.in_ram.ends_with(" nlink 1")) {
    answers.in_ram.replace(answers.in_ram.size() - 1, 1, "0");
  }
}

void forgive_access_by_empty_reads(Answers& answers) {
  const auto reads_nothing = [](const Step& step) {
    return (step.is("read-some") || step.is("pread")) && step.words[step.name_index() + 2] == "0";
  };
  if (std::none_of(answers.sequence.begin(), answers.sequence.end(), reads_nothing)) return;
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    return access_time(in_ram) == ",anow" && without_access_time(on_disk) == without_access_time(in_ram);
  });
}

void forgive_times_of_same_size(Answers& answers) {
  const auto cuts = [](const Step& step) { return step.name().starts_with("truncate"); };
  if (std::none_of(answers.sequence.begin(), answers.sequence.end(), cuts)) return;
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    return on_disk.find(",mnow") != std::string::npos && without(on_disk, ",mnow") == without_number(in_ram, ",m");
  });
}

// Where a folder's entries cannot be looked at, it is listed as it is on disk.
void forgive_folders_that_may_not_be_entered(Answers& answers) {
  const Words on_disk = words_of(answers.on_disk);
  Words in_ram;
  for (std::string& word : words_of(answers.in_ram)) {
    const bool is_lost = word.ends_with(":EACCES") || word.ends_with(":link:different");
    const std::size_t at = word.find(":link:different");
    std::string as_file = word;
    if (at != std::string::npos) as_file.replace(at, 5, ":file");
    const bool is_there = std::find(on_disk.begin(), on_disk.end(), as_file) != on_disk.end();
    if (is_there || !is_lost) in_ram.push_back(as_file);
  }
  if (geteuid() == 0) return;
  answers.on_disk = joined(on_disk);
  answers.in_ram = joined(in_ram);
}

// Whether reading a file in the folder moves its access time.
bool has_access_times(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / ("memfile-accessed-" + std::to_string(getpid()));
  const int fd = open(path.c_str(), O_RDWR | O_CREAT, 0600);
  const timespec long_ago[2] = {{1000, 0}, {1000, 0}};
  char byte = 0;
  struct stat status {};
  const bool is_told = write(fd, "x", 1) == 1 && futimens(fd, static_cast<const timespec*>(long_ago)) == 0 &&
                       pread(fd, &byte, 1, 0) == 1 && fstat(fd, &status) == 0;
  close(fd);
  unlink(path.c_str());
  return is_told && status.st_atim.tv_sec != 1000;
}

void forgive_access_of_mounts(Answers& answers) {
  static const bool is_same = has_access_times(std::filesystem::temp_directory_path()) == has_access_times("/dev/shm");
  if (is_same) return;
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    return without_access_time(on_disk) == without_access_time(in_ram);
  });
}

// Another process's O_PATH is no open file to a lease.
void forgive_places_left_behind(Answers& answers) {
  constexpr const char* path_only = ",F2";  // O_PATH, and what goes with it
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    const bool is_left = on_disk.find("=fd") == 1 && on_disk.find(path_only) != std::string::npos &&
                         in_ram.find(",n0,") != std::string::npos;
    return is_left &&
           without_number(without_number(on_disk, ",n"), ",i") == without_number(without_number(in_ram, ",n"), ",i");
  });
}

bool is_about_disk(const Step& step) {
  return std::any_of(step.words.begin(), step.words.end(), [](const auto& word) { return word.ends_with(".disk"); });
}

// A folder in which something was saved.
void forgive_changes_by_saving(Answers& answers) {
  if (std::none_of(answers.sequence.begin(), answers.sequence.end(), is_about_disk)) return;
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    const bool is_folder = in_ram.find(":d") != std::string::npos || in_ram.find("->d") != std::string::npos;
    return is_folder && without_number(on_disk, ",m") == without(in_ram, ",mnow");
  });
}

// A folder in which a link dangled, and leads to a file again.
void forgive_folders_of_lost_files(Answers& answers) {
  const auto is_reboot = [](const Step& step) { return step.is("reboot"); };
  if (std::none_of(answers.sequence.begin(), answers.sequence.end(), is_reboot)) return;
  forgive_words(answers, [](const std::string& on_disk, const std::string& in_ram) {
    const bool is_folder = on_disk.find(":d") != std::string::npos || on_disk.find("->d") != std::string::npos;
    return is_folder && on_disk.find(",mnow") != std::string::npos &&
           without(on_disk, ",mnow") == without_number(in_ram, ",m");
  });
}

// Lost, and created through a link to it: what is left in the store then.
void forgive_orphans_by_following(Answers& answers) {
  if (answers.step < answers.sequence.size() || !answers.on_disk.empty()) return;
  const auto has = [&](const char* name) {
    return std::any_of(answers.sequence.begin(), answers.sequence.end(),
                       [&](const Step& step) { return step.is(name); });
  };
  if (has("symlink") && has("reboot")) answers.in_ram.clear();
}

}  // namespace

const std::vector<Limit>& limits() {
  static const std::vector<Limit> all{
      {"The access time of a symbolic link of one's own moves", forgive_access_to_links},
      {"A file that somebody without the library removes is still there", forgive_names_of_orphans},
      {"A file that was lost in a reboot, and is created again through", forgive_orphans_by_following},
      {"A file that was lost in a reboot and is created again leaves", forgive_folders_of_lost_files},
      {"A read of 0 bytes moves the access time", forgive_access_by_empty_reads},
      {"Cutting a file to the size that it has", forgive_times_of_same_size},
      {"A folder that may be listed but not entered", forgive_folders_that_may_not_be_entered},
      {"Whether reading moves the access time", forgive_access_of_mounts},
      {"A memfile that another process holds by O_PATH only", forgive_places_left_behind},
      {"Saving what is owed moves the modification time of its folder", forgive_changes_by_saving},
  };
  return all;
}

bool are_explained(Answers answers) {
  for (const Limit& limit : limits()) limit.forgive(answers);
  return answers.on_disk == answers.in_ram;
}

}  // namespace memfile::differential
