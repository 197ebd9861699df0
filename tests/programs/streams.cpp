// Writes, appends, reads and removes by std::fstream and std::filesystem.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
  const std::string path = argc > 1 ? argv[1] : "stream.txt";
  std::ofstream(path) << "one\n";
  std::ofstream(path, std::ios::app) << "two\n";
  std::fstream both(path, std::ios::in | std::ios::out);
  std::string line;
  while (std::getline(both, line)) std::cout << line << '\n';
  both.close();
  std::cout << std::filesystem::file_size(path) << ' ' << std::filesystem::is_regular_file(path) << ' '
            << std::filesystem::is_symlink(path) << '\n';
  if (argc > 2) std::cout << std::filesystem::remove(path) << ' ' << std::filesystem::exists(path) << '\n';
}
