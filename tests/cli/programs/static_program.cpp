// Creates the file that it is told to.
#include <cstdio>

int main(int argc, char** argv) {
  std::FILE* file = std::fopen(argv[argc - 1], "w");
  return file != nullptr && std::fclose(file) == 0 ? 0 : 1;
}
