// Writes the file that its last argument names as a program does that is linked statically: no library can be put
// before its libc.
#include <fcntl.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const int fd = open(argv[argc - 1], O_WRONLY | O_CREAT, 0600);
  return fd >= 0 && write(fd, "x", 1) == 1 ? 0 : 1;
}
