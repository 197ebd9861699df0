// without CALL... -- CMD [ARG]...: runs CMD as on a kernel, or a file system, that lacks these: what makes them fails
// with the error that such a kernel gives. By a seccomp filter, which what CMD starts inherits, and which costs next to
// nothing. CALL is a name of `lacks` below.
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <map>
#include <string>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

using Filter = std::vector<sock_filter>;

#if defined(__x86_64__)
constexpr unsigned own_architecture = AUDIT_ARCH_X86_64;
#else
constexpr unsigned own_architecture = AUDIT_ARCH_AARCH64;
#endif

constexpr unsigned place_of_number = offsetof(seccomp_data, nr);

// The lower half of an argument, on a machine of this byte order.
constexpr std::size_t place_of_argument(std::size_t index) { return offsetof(seccomp_data, args) + index * 8; }

sock_filter fail_with(int error) { return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)); }

// A call that the kernel does not have.
void lack(Filter& filter, long number, int error = ENOSYS) {
  filter.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place_of_number));
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 1));
  filter.push_back(fail_with(error));
}

// A flag, of which all bits are set, that a call refuses in the argument at `index`.
void lack_flag(Filter& filter, long number, unsigned index, unsigned flag, int error) {
  filter.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place_of_number));
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 4));
  filter.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(place_of_argument(index))));
  filter.push_back(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, flag));
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, flag, 0, 1));
  filter.push_back(fail_with(error));
}

void lack_xattrs(Filter& filter) {
  for (const long number :
       {SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_getxattr, SYS_lgetxattr, SYS_fgetxattr, SYS_listxattr,
        SYS_llistxattr, SYS_flistxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr}) {
    lack(filter, number, EOPNOTSUPP);
  }
}

// Flags that a file system refuses where the kernel knows the call.
void lack_rename_flags(Filter& filter) {
  for (const unsigned flag : {1U, 2U, 4U}) lack_flag(filter, SYS_renameat2, 4, flag, EINVAL);
}

void lack_unnamed_files(Filter& filter) {
#ifdef SYS_open
  lack_flag(filter, SYS_open, 1, O_TMPFILE, EOPNOTSUPP);
#endif
  lack_flag(filter, SYS_openat, 2, O_TMPFILE, EOPNOTSUPP);
}

const std::map<std::string, void (*)(Filter&)> lacks{
    {"statx", [](Filter& filter) { lack(filter, SYS_statx); }},
    {"statx-filtered", [](Filter& filter) { lack(filter, SYS_statx, EPERM); }},
    {"renameat2", [](Filter& filter) { lack(filter, SYS_renameat2); }},
    {"rename-flags", lack_rename_flags},
    {"openat2", [](Filter& filter) { lack(filter, SYS_openat2); }},
    {"faccessat2", [](Filter& filter) { lack(filter, SYS_faccessat2); }},
    {"O_TMPFILE", lack_unnamed_files},
    {"xattr", lack_xattrs}};

int fail(const std::string& text) {
  std::fprintf(stderr, "without: %s\n", text.c_str());
  return 2;
}

}  // namespace

int main(int count, char** words) {
  // Programs of another machine's have other numbers: they lack nothing.
  Filter filter{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offsetof(seccomp_data, arch))),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, own_architecture, 1, 0),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  int at = 1;
  for (; at < count && std::strcmp(words[at], "--") != 0; ++at) {
    const auto lack = lacks.find(words[at]);
    if (lack == lacks.end()) return fail(std::string("what is ") + words[at] + "?");
    lack->second(filter);
  }
  if (at + 1 >= count) return fail("CALL... -- CMD [ARG]...");
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (geteuid() != 0) prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) return fail("no filter is taken");
  execvp(words[at + 1], words + at + 1);
  return fail(std::string(words[at + 1]) + ": " + std::strerror(errno));
}
