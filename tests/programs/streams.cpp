// Opens std::fstream in every mode, and asks std::filesystem; prints what came of it.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

namespace fs = std::filesystem;
using std::ios;

std::string read(const std::string& path) {
  std::ifstream stream(path, ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void use(const std::string& path, ios::openmode mode, const std::string& name) {
  std::fstream stream(path, mode);
  std::cout << name << ": open " << stream.is_open();
  if (stream.is_open()) {
    if ((mode & ios::out) != 0) stream << name << '\n' << std::flush;
    std::cout << ", good " << stream.good() << ", at " << stream.tellp();
    stream.clear();
    stream.seekg(0);
    std::string line;
    while (std::getline(stream, line)) std::cout << " [" << line << ']';
  }
  stream.close();
  std::cout << ", holds " << read(path).size() << " bytes\n";
}

void describe(const std::string& path) {
  std::error_code error;
  std::cout << path << ": exists " << fs::exists(path) << ", regular " << fs::is_regular_file(path) << ", link "
            << fs::is_symlink(path) << ", links " << fs::hard_link_count(path, error) << ", size "
            << fs::file_size(path, error) << ", " << error.value() << '\n';
}

}  // namespace

int main() {
  for (const std::string before : {"absent", "there"}) {
    for (const auto& [mode, name] : {std::pair{ios::in, "in"}, std::pair{ios::out, "out"}, std::pair{ios::app, "app"},
                                     std::pair{ios::in | ios::out, "in|out"}, std::pair{ios::in | ios::app, "in|app"},
                                     std::pair{ios::in | ios::out | ios::trunc, "in|out|trunc"},
                                     std::pair{ios::out | ios::binary | ios::ate, "out|binary|ate"}}) {
      const std::string path = before + " " + name;
      if (before == "there") std::ofstream(path) << "before\n";
      use(path, mode, name);
      describe(path);
    }
  }
  std::wofstream("wide") << L"wide text\n";
  std::ofstream("copied") << std::ifstream("there app").rdbuf();
  fs::copy_file("copied", "copied again");
  std::cout << read("copied again");
  fs::rename("copied again", "renamed");
  fs::resize_file("renamed", 3);
  describe("renamed");
  std::cout << fs::remove("renamed") << fs::remove("renamed") << std::remove("wide") << std::remove("wide") << '\n';
  describe("renamed");
  describe("wide");
}
