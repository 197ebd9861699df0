// Steps that resolve a path. "fd:0", "pid:0" and "dev:0" are the links in /proc to the first descriptor kept. In what
// is answered, @ stands for the working folder.
#include <climits>
#include <cstring>
#include <stdlib.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

extern "C" {
char* __realpath_chk(const char* path, char* resolved, size_t size);
char* old_realpath(const char* path, char* resolved);
ssize_t __readlink_chk(const char* path, char* buffer, size_t size, size_t buffer_size);
}
// The oldest version that this machine's libc has; where it has one only, that is the newest, too.
#if defined(__x86_64__)
asm(".symver old_realpath, realpath@GLIBC_2.2.5");
#elif defined(__i386__)
asm(".symver old_realpath, realpath@GLIBC_2.0");
#elif defined(__arm__)
asm(".symver old_realpath, realpath@GLIBC_2.4");
#else
asm(".symver old_realpath, realpath@GLIBC_2.17");
#endif

namespace memfile::probe {

namespace {

std::string place(const std::string& word) {
  if (word.starts_with("fd:")) return "/proc/self/fd/" + std::to_string(descriptor(word.substr(3)));
  if (word.starts_with("pid:")) {
    return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(descriptor(word.substr(4)));
  }
  if (word.starts_with("dev:")) return "/dev/fd/" + std::to_string(descriptor(word.substr(4)));
  return word;
}

std::string without_folder(const std::string& text) {
  char* folder = getcwd(nullptr, 0);
  const bool is_below = text.starts_with(folder);
  std::string result(is_below ? "@" : "");
  result.append(text, is_below ? std::strlen(folder) : 0);
  free(folder);
  return result;
}

// libc leaves any errno behind when it succeeds.
std::string resolved_answer(const char* text) { return text == nullptr ? answer(-1) : without_folder(text); }

template <class Call>
std::string onto_heap(const Call& call, const std::string& word) {
  const std::string path = place(word);
  errno = mark;
  char* text = call(path.c_str());
  std::string result = resolved_answer(text);
  free(text);
  return result;
}

// What is missing stands in the buffer, too.
template <class Call>
std::string into_buffer(const Call& call, const std::string& word) {
  char buffer[PATH_MAX] = "untouched";
  const std::string path = place(word);
  errno = mark;
  const char* text = call(path.c_str(), buffer);
  if (text != nullptr) return resolved_answer(text) + (text == buffer ? " in the buffer" : " elsewhere");
  return answer(-1) + (errno == ENOENT ? ", " + without_folder(buffer) : "");
}

std::string in_place(const Arguments& a) {
  char buffer[PATH_MAX];
  std::strcpy(buffer, place(a[0]).c_str());
  char* volatile same = buffer;  // which the standard does not allow, and programs do
  return resolved_answer(realpath(buffer, same));
}

// Into a zeroed buffer, as programs have it that leave out the last byte: what is behind the text shows there.
template <class Call>
std::string link_text(const Call& call, const Arguments& a) {
  char buffer[PATH_MAX]{};
  const std::string path = place(a[0]);
  errno = mark;
  const ssize_t size = call(path.c_str(), buffer, a.size() > 1 ? std::stoul(a[1]) : sizeof buffer);
  if (size < 0) return answer(size) + (buffer[0] == '\0' ? "" : ", but the buffer holds " + std::string(buffer));
  const std::string text(buffer, static_cast<std::size_t>(size));
  return answer(size) + ", " + without_folder(text) + (buffer == text ? "" : ", and behind it " + std::string(buffer));
}

}  // namespace

Steps resolving_steps() {
  Steps s;
  s["realpath"] = [](const Arguments& a) {
    return onto_heap([](const char* path) { return realpath(path, nullptr); }, a[0]);
  };
  s["canonicalize_file_name"] = [](const Arguments& a) {
    return onto_heap([](const char* path) { return canonicalize_file_name(path); }, a[0]);
  };
  s["realpath-buffer"] = [](const Arguments& a) {
    return into_buffer([](const char* path, char* buffer) { return realpath(path, buffer); }, a[0]);
  };
  s["old-realpath"] = [](const Arguments& a) {
    return into_buffer([](const char* path, char* buffer) { return old_realpath(path, buffer); }, a[0]);
  };
  s["__realpath_chk"] = [](const Arguments& a) {
    return into_buffer([](const char* path, char* buffer) { return __realpath_chk(path, buffer, PATH_MAX); }, a[0]);
  };
  s["realpath-in-place"] = in_place;
  s["realpath-NULL"] = [](const Arguments&) { return resolved_answer(realpath(path_of("NULL"), nullptr)); };
  s["proc-readlink"] = [](const Arguments& a) {
    return link_text([](const char* path, char* b, size_t size) { return readlink(path, b, size); }, a);
  };
  s["proc-readlinkat"] = [](const Arguments& a) {
    return link_text([](const char* path, char* b, size_t size) { return readlinkat(-1, path, b, size); }, a);
  };
  s["proc-__readlink_chk"] = [](const Arguments& a) {
    return link_text([](const char* path, char* b, size_t size) { return __readlink_chk(path, b, size, size); }, a);
  };
  return s;
}

}  // namespace memfile::probe
