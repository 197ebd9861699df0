#include "cli/program.hpp"

#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <vector>

namespace memfile::cli {

namespace {

// The first bytes of a file: enough for program headers and for a script's first line.
std::vector<char> head_of(const std::string& path) {
  std::vector<char> head(16384);
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return head;
}

// Whether an ELF file asks for a dynamic loader. A file that is not understood is taken to do so.
template <class Header, class Segment>
bool has_loader(const std::vector<char>& head) {
  Header header;
  if (head.size() < sizeof header) return true;
  std::memcpy(&header, head.data(), sizeof header);
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Segment segment;
    const std::size_t offset = header.e_phoff + i * sizeof segment;
    if (offset + sizeof segment > head.size()) return true;
    std::memcpy(&segment, head.data() + offset, sizeof segment);
    if (segment.p_type == PT_INTERP) return true;
  }
  return false;
}

bool is_static(const std::vector<char>& head) {
  if (head.size() <= EI_CLASS || std::memcmp(head.data(), ELFMAG, SELFMAG) != 0) return false;
  return head[EI_CLASS] == ELFCLASS64 ? !has_loader<Elf64_Ehdr, Elf64_Phdr>(head)
                                      : !has_loader<Elf32_Ehdr, Elf32_Phdr>(head);
}

std::string interpreter_of(const std::vector<char>& head) {
  const std::string text(head.begin(), head.end());
  if (!text.starts_with("#!")) return {};
  const std::string line = text.substr(2, text.find('\n') - 2);
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_first_of(" \t", first) - first);
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* variable = std::getenv("PATH");
  std::string folders = variable == nullptr ? "/bin:/usr/bin" : variable;
  folders += ':';
  for (std::size_t end = 0; (end = folders.find(':')) != std::string::npos; folders.erase(0, end + 1)) {
    const std::string path = (end == 0 ? "." : folders.substr(0, end)) + "/" + name;
    struct stat status {};
    if (stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), X_OK) == 0) return path;
  }
  return std::nullopt;
}

std::optional<std::string> obstacle(const std::string& path) {
  constexpr const char* consequence = "; memfile cannot reach it, and its files stay on disk";
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  const std::vector<char> head = head_of(path);
  const std::string interpreter = interpreter_of(head);
  if (!interpreter.empty() && interpreter != path) {
    const auto inside = obstacle(interpreter);
    return inside ? std::optional(path + " is a script: " + *inside) : std::nullopt;
  }
  if (is_static(head)) return path + " is statically linked" + consequence;
  const bool changes_user = (status.st_mode & S_ISUID) != 0 && status.st_uid != geteuid();
  const bool changes_group = (status.st_mode & S_ISGID) != 0 && status.st_gid != getegid();
  if (changes_user) return path + " is setuid" + consequence;
  if (changes_group) return path + " is setgid" + consequence;
  if (getxattr(path.c_str(), "security.capability", nullptr, 0) > 0)
    return path + " has file capabilities" + consequence;
  return std::nullopt;
}

}  // namespace memfile::cli
