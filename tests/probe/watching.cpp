// Steps that watch a file, or take hold of it by a handle, without following a last link.
#include <fcntl.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "tests/probe/step.hpp"

namespace memfile::probe {

namespace {

// Writes to the file and says whether the watch noticed.
std::string noticed(int watch, int result, const std::string& path) {
  std::string text = answer(result);
  if (result >= 0) {
    const int fd = open(path.c_str(), O_WRONLY | O_APPEND);
    const bool is_written = fd >= 0 && write(fd, "x", 1) == 1;
    close(fd);
    char events[4096];
    text += is_written && read(watch, events, sizeof events) > 0 ? ", noticed" : ", unnoticed";
  }
  close(watch);
  return text;
}

std::string watch_by_inotify(const Arguments& a) {
  const int watch = inotify_init1(IN_NONBLOCK);
  errno = mark;
  return noticed(watch, inotify_add_watch(watch, path_of(a[0]), IN_MODIFY | IN_DONT_FOLLOW), a[0]);
}

std::string watch_by_fanotify(const Arguments& a) {
  const int watch = fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID | FAN_NONBLOCK, 0);
  errno = mark;
  const unsigned flags = FAN_MARK_ADD | FAN_MARK_DONT_FOLLOW;
  const int result = in_folder([&](int d) { return fanotify_mark(watch, flags, FAN_MODIFY, d, path_of(a[0])); });
  return noticed(watch, result, a[0]);
}

struct Handle {
  alignas(file_handle) unsigned char bytes[sizeof(file_handle) + MAX_HANDLE_SZ];
  int mount = 0;

  int take(const char* path, int flags) {
    auto* handle = reinterpret_cast<file_handle*>(bytes);
    handle->handle_bytes = MAX_HANDLE_SZ;
    return in_folder([&](int d) { return name_to_handle_at(d, path, handle, &mount, flags); });
  }

  bool operator==(const Handle& other) const {
    const auto view = [](const Handle& h) {
      const auto* handle = reinterpret_cast<const file_handle*>(h.bytes);
      return std::string(reinterpret_cast<const char*>(handle->f_handle), handle->handle_bytes);
    };
    return view(*this) == view(other) && mount == other.mount;
  }
};

// The handle of what stands there is that of what it leads to.
std::string handle_of(const Arguments& a) {
  Handle handle;
  Handle followed;
  const int result = handle.take(path_of(a[0]), 0);
  std::string text = answer(result);
  if (result != 0) return text;
  return text +
         (followed.take(path_of(a[0]), AT_SYMLINK_FOLLOW) == 0 && handle == followed ? ", the file's" : ", other");
}

}  // namespace

Steps watching_steps() {
  Steps s;
  s["inotify_add_watch"] = watch_by_inotify;
  s["fanotify_mark"] = watch_by_fanotify;
  s["name_to_handle_at"] = handle_of;
  return s;
}

}  // namespace memfile::probe
