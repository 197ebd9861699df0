// Steps of calls that the library does not stand in for: those that make up names, that act on descriptors or folders,
// that name what is no path, that tell of a file system, and that write to a log of logins.
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>
#include <utmpx.h>

#include "tests/probe/step.hpp"

extern "C" {
char* __getcwd_chk(char* buffer, size_t size, size_t buffer_size);
char* __getwd_chk(char* buffer, size_t size);
int __statfs(const char* path, struct statfs* status);
}

namespace memfile::probe {

namespace {

// By its name, where a header warns of it.
template <class Function>
Function* found(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

// Whether a name was made up, at which nothing stands.
std::string made_up(const char* name) {
  const std::string text = answer(name == nullptr ? -1 : 0);
  return text + (name != nullptr && access(name, F_OK) != 0 ? ", free" : ", taken");
}

std::string whole(const char* folder) {
  struct stat named {};
  struct stat here {};
  const std::string text = answer(folder == nullptr ? -1 : 0);
  const bool is_here = folder != nullptr && stat(folder, &named) == 0 && stat(".", &here) == 0;
  return text + (is_here && named.st_ino == here.st_ino ? ", here" : ", elsewhere");
}

char buffer[8192];

void add_names(Steps& s) {
  s["tmpnam"] = [](const Arguments&) { return made_up(found<char*(char*)>("tmpnam")(nullptr)); };
  s["tmpnam_r"] = [](const Arguments&) { return made_up(found<char*(char*)>("tmpnam_r")(buffer)); };
  s["tempnam"] = [](const Arguments& a) {
    return made_up(found<char*(const char*, const char*)>("tempnam")(a[0].c_str(), "memf"));
  };
  s["shm_open"] = [](const Arguments& a) {
    const std::string text = keep(shm_open(a[0].c_str(), O_RDWR | O_CREAT | O_EXCL, 0600));
    errno = mark;
    return text + ", unlink " + answer(shm_unlink(a[0].c_str()));
  };
  s["sem_open"] = [](const Arguments& a) {
    sem_t* const made = sem_open(a[0].c_str(), O_CREAT | O_EXCL, 0600, 1);
    const std::string text = made == SEM_FAILED ? "failed" : "done";
    if (made != SEM_FAILED) sem_close(made);
    errno = mark;
    return text + ", unlink " + answer(sem_unlink(a[0].c_str()));
  };
  s["mq_open"] = [](const Arguments& a) {
    const std::string text = answer(mq_open(a[0].c_str(), O_RDWR | O_CREAT | O_EXCL, 0600, nullptr));
    errno = mark;
    return text + ", unlink " + answer(mq_unlink(a[0].c_str()));
  };
}

void add_folders(Steps& s) {
  s["chdir"] = [](const Arguments& a) { return answer(chdir(path_of(a[0]))); };
  s["opendir"] = [](const Arguments& a) { return answer(opendir(path_of(a[0])) == nullptr ? -1 : 0); };
  s["fdopendir"] = [](const Arguments& a) { return answer(fdopendir(descriptor(a[0])) == nullptr ? -1 : 0); };
  s["getcwd"] = [](const Arguments&) { return whole(getcwd(buffer, sizeof buffer)); };
  s["getwd"] = [](const Arguments&) { return whole(found<char*(char*)>("getwd")(buffer)); };
  s["get_current_dir_name"] = [](const Arguments&) { return whole(get_current_dir_name()); };
  s["__getcwd_chk"] = [](const Arguments&) { return whole(__getcwd_chk(buffer, sizeof buffer, sizeof buffer)); };
  s["__getwd_chk"] = [](const Arguments&) { return whole(__getwd_chk(buffer, sizeof buffer)); };
}

void add_descriptors(Steps& s) {
  s["fstat64"] = [](const Arguments& a) {
    struct stat64 status {};
    const std::string text = answer(fstat64(descriptor(a[0]), &status));
    return text + (S_ISREG(status.st_mode) ? ", file " : ", other ") + std::to_string(status.st_size);
  };
  s["futimes"] = [](const Arguments& a) {
    const timeval times[]{{5000, 0}, {6000, 0}};
    return answer(futimes(descriptor(a[0]), times));
  };
  s["futimens"] = [](const Arguments& a) {
    const timespec times[]{{7000, 0}, {8000, 0}};
    return answer(futimens(descriptor(a[0]), times));
  };
  s["closefrom"] = [](const Arguments& a) {
    closefrom(descriptor(a[0]));
    return std::string(fcntl(descriptor(a[0]), F_GETFD) < 0 ? "closed" : "open");
  };
  // Opens by a handle what the path names.
  s["open_by_handle_at"] = [](const Arguments& a) {
    alignas(file_handle) static char place[sizeof(file_handle) + MAX_HANDLE_SZ];
    auto* const handle = reinterpret_cast<file_handle*>(place);
    handle->handle_bytes = MAX_HANDLE_SZ;
    int mount = 0;
    if (name_to_handle_at(AT_FDCWD, path_of(a[0]), handle, &mount, 0) != 0) return answer(-1);
    const int root = open(a[0].c_str(), O_RDONLY);
    errno = mark;
    std::string text = keep(open_by_handle_at(root, handle, O_RDONLY));
    close(root);
    return text;
  };
}

// Of the store's file system, or of another.
template <class Type>
std::string told(int result, Type type) {
  constexpr unsigned long tmpfs = 0x01021994;
  return answer(result) + (static_cast<unsigned long>(type) == tmpfs ? ", tmpfs" : ", another");
}

template <class Status, class Call>
std::string file_system(const Call& call) {
  Status status{};
  const int result = call(&status);
  return told(result, status.f_type);
}

// These do not tell the type, but an identity.
template <class Status, class Call>
std::string identity(const Call& call) {
  Status status{};
  Status store{};
  const int result = call(&status, "f");
  const std::string text = answer(result);
  (void)call(&store, "/dev/shm");
  return text + (status.f_fsid == store.f_fsid && status.f_blocks == store.f_blocks ? ", the store's" : ", another");
}

void add_file_systems(Steps& s) {
  s["statfs"] = [](const Arguments& a) {
    return file_system<struct statfs>([&](auto* b) { return statfs(path_of(a[0]), b); });
  };
  s["statfs64"] = [](const Arguments& a) {
    return file_system<struct statfs64>([&](auto* b) { return statfs64(path_of(a[0]), b); });
  };
  s["__statfs"] = [](const Arguments& a) {
    return file_system<struct statfs>([&](auto* b) { return __statfs(path_of(a[0]), b); });
  };
  s["statvfs"] = [](const Arguments&) {
    return identity<struct statvfs>([](auto* b, const char* path) { return statvfs(path, b); });
  };
  s["statvfs64"] = [](const Arguments&) {
    return identity<struct statvfs64>([](auto* b, const char* path) { return statvfs64(path, b); });
  };
  s["pathconf"] = [](const Arguments& a) { return std::to_string(pathconf(path_of(a[0]), _PC_LINK_MAX)); };
  s["fpathconf"] = [](const Arguments& a) { return std::to_string(fpathconf(descriptor(a[0]), _PC_LINK_MAX)); };
}

// Writes a record to the log of logins that the path names, and tells how large it is then.
template <class Name, class Put>
std::string put_record(const Arguments& a, const Name& name, const Put& put) {
  name(a[0].c_str());
  utmpx record{};
  record.ut_type = USER_PROCESS;
  std::strcpy(static_cast<char*>(record.ut_id), "1");
  setutxent();
  errno = mark;
  const bool is_put = put(&record) != nullptr;
  const std::string text = answer(is_put ? 0 : -1);
  endutxent();
  struct stat status {};
  return text + (stat(a[0].c_str(), &status) != 0 ? ", no file" : ", " + std::to_string(status.st_size) + " bytes");
}

void add_logins(Steps& s) {
  using Put = void*(const void*);
  s["pututxline"] = [](const Arguments& a) { return put_record(a, utmpxname, found<Put>("pututxline")); };
  s["pututline"] = [](const Arguments& a) {
    return put_record(a, found<int(const char*)>("utmpname"), found<Put>("pututline"));
  };
}

}  // namespace

Steps untouched_steps() {
  Steps s;
  add_names(s);
  add_folders(s);
  add_descriptors(s);
  add_file_systems(s);
  add_logins(s);
  return s;
}

}  // namespace memfile::probe
