// Behind a seccomp filter that ends the program for a system call that its author did not foresee.
#include <cstddef>
#include <cstdio>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/contract/caller/checks.hpp"
#include "tests/contract/caller/standing.hpp"

namespace memfile::contract {

namespace {

// Those that the library makes, and libc in no call but a few of its own.
constexpr unsigned unforeseen[] = {SYS_readlinkat, SYS_symlinkat, SYS_flock,  SYS_statx,
                                   SYS_openat2,    SYS_linkat,    SYS_statfs, SYS_faccessat2};

void install_filter() {
  std::vector<sock_filter> program{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const unsigned number : unforeseen) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) _exit(2);
}

}  // namespace

int filtered(Paths paths) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  for (const Call& call : all_calls()) {
    put(Standing::file, paths);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      install_filter();
      (void)call.make(paths);
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    std::printf("%s: %s\n", call.name, WIFSIGNALED(status) ? "ended" : "lives on");
  }
  clear(paths);
  return 0;
}

}  // namespace memfile::contract
