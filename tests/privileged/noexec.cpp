// A store that is mounted noexec, as in containers: what is to be executed is on disk by then.
#include <sys/syscall.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const Trouble noexec{"noexec", "mount -t tmpfs -o mode=1777,size=9m,noexec none store\n", "disk\n"};

// Its x bits come while it is open, so that it is still in RAM when it is closed.
std::string made_by_descriptor(const std::string& then) {
  return "/usr/bin/python3 - <<'P'\nimport os, subprocess, ctypes\n"
         "fd = os.open('s', os.O_CREAT | os.O_WRONLY, 0o600)\n"
         "os.write(fd, b'#!/bin/sh\\necho run $1\\n'); os.fchmod(fd, 0o755); os.close(fd)\n" +
         then + "\nP\n";
}

const std::vector<Work> works_that_execute{
    {"chmod", "printf '#!/bin/sh\\necho run\\n' >s; chmod 700 s; ./s; test -x s && echo x"},
    {"a raw chmod", "printf '#!/bin/sh\\necho run\\n' >s; perl -e '$s = \"s\"; syscall(" + std::to_string(SYS_chmod) +
                        ", $s, 0700)'; ./s"},
    {"a raw fchmodat", "printf '#!/bin/sh\\necho run\\n' >s; perl -e '$s = \"s\"; syscall(" +
                           std::to_string(SYS_fchmodat) + ", -100, $s, 0700)'; ./s"},
    {"install", "install /bin/true t; ./t && echo run"},
    {"gcc", "printf 'int main(){return 3;}\\n' >../m.c; gcc ../m.c -o m; ./m; echo $?"},
    {"test -x", made_by_descriptor("") + "test -x s && echo x; [ -x ./s ] && ./s"},
    {"PATH", made_by_descriptor("") + "PATH=/none:$PWD:$PATH; s by name; env s by env"},
    {"bash", made_by_descriptor("") + "bash -c 'PATH=$PWD; [[ -x s ]] && s by bash'"},
    {"another's link", made_by_descriptor("") + "ln -s s link; ./link; rm link"},
    {"execve", made_by_descriptor("subprocess.run(['./s', '1']); print(os.access('s', os.X_OK))")},
    {"execvp", made_by_descriptor("os.environ['PATH'] = '.'; os.execvp('s', ['s', '1'])")},
    {"posix_spawn", made_by_descriptor("print(os.waitpid(os.posix_spawn('./s', ['s', '1'], os.environ), 0)[1])")},
    {"posix_spawnp", made_by_descriptor("os.environ['PATH'] = '/none::'\n"
                                        "print(os.waitpid(os.posix_spawnp('s', ['s', '1'], os.environ), 0)[1])")},
    {"dlopen",
     "cat /lib/*/libz.so.1 >l.so.1; ln -s l.so.1 l.so\n"
     "python3 -c 'import ctypes; print(ctypes.CDLL(\"./l.so\").zlibCompileFlags() != 0)'; rm l.so"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(noexec_store)

BOOST_DATA_TEST_CASE(what_is_executed_is_saved_first, data::make(works_that_execute), work) {
  BOOST_TEST(difference(noexec, Mounts::own, work.lines) == "");
}

BOOST_AUTO_TEST_CASE(what_is_not_executed_stays_in_ram) {
  Trouble trouble = noexec;
  trouble.place = "store/memfile-ME\n";
  BOOST_TEST(difference(trouble, Mounts::own, "echo x >f; chmod 600 f; ./f; sh ./f; test -x f || echo no; cat f") ==
             "");
}

BOOST_AUTO_TEST_SUITE_END()
