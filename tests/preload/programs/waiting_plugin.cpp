// A plugin whose constructor has a thread use the file system, and waits for it. ld.so holds its lock meanwhile.
#include <cstdio>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

void* use_files(void*) {
  const int fd = open("plugin", O_WRONLY | O_CREAT, 0644);
  if (fd >= 0) close(fd);
  struct stat status {};
  (void)lstat("plugin", &status);
  (void)rename("plugin", "renamed");
  std::FILE* stream = std::fopen("stream", "w");
  if (stream != nullptr) std::fclose(stream);
  (void)unlink("stream");
  return nullptr;
}

__attribute__((constructor)) void wait_for_thread() {
  pthread_t thread{};
  if (pthread_create(&thread, nullptr, use_files, nullptr) == 0) pthread_join(thread, nullptr);
}

}  // namespace
