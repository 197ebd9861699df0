// gcc with its assembler and linker: sources, objects, archives, programs and all temporary files in RAM.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// What is compiled does not tell the folder it was in, nor a random number.
const std::string start =
    "export TMPDIR=$PWD/temporary; mkdir temporary; "
    "gcc() { command gcc -frandom-seed=1 -ffile-prefix-map=\"$PWD\"=. \"$@\"; }; "
    "printf 'int answer(void);\\n' >answer.h; "
    "printf '#include \"answer.h\"\\nint answer(void) { return 42; }\\n' >answer.c; "
    "printf '#include <stdio.h>\\n#include \"answer.h\"\\nint main(void) { printf(\"%%d\\\\n\", answer()); }\\n' "
    ">main.c; ";

const std::vector<std::string> commands{
    R"(gcc -c -g -MMD -MP -MF main.d main.c; gcc -c answer.c; gcc -o program main.o answer.o; ./program;
cat main.d; ls temporary; stat -c %a program)",
    R"(gcc -save-temps -o program main.c answer.c; ./program; gcc -O2 -S -o - answer.c | as -o answer.o -;
nm answer.o; gcc -E -o main.i main.c; gcc -c -x cpp-output main.i; ls)",
    R"(gcc -c -O2 main.c answer.c; ar rcs libanswer.a answer.o; ar t libanswer.a;
gcc -s -o program main.o -L. -lanswer; ./program; ar d libanswer.a answer.o; ar r libanswer.a main.o;
ranlib libanswer.a; strip -g libanswer.a; ar p libanswer.a main.o | cmp - main.o | cut -d: -f1)",
    R"(gcc -shared -fPIC -o libanswer.so answer.c; gcc -s -o program main.c -L. -lanswer -Wl,-rpath,\$ORIGIN;
./program; gcc -shared -fPIC -DNEW -o libanswer.so answer.c; ./program; ldd ./program | grep -c libanswer;
ls temporary)",
    R"(gcc -c main.c answer.c; ld -r -o both.o main.o answer.o; gcc -static -s -o program both.o -Wl,-Map,map;
./program; head -n 1 map; gcc -flto -O2 -s -o whole main.c answer.c; ./whole; ls temporary)",
    R"(gcc -g -o program main.c answer.c; objcopy --only-keep-debug program program.debug; strip program;
objcopy --add-gnu-debuglink=program.debug program; ./program; strip -o small program; chmod -x small; ./small;
objdump -h small | grep -c text)",
    R"(gcc -x c-header answer.h -o answer.h.gch; rm answer.h; gcc -s -o program main.c answer.c; ./program;
rm *.gch; ls)",
    R"(gcc --coverage -c answer.c; gcc --coverage -o program main.c answer.o; ./program; ./program;
gcov -t answer.c; gcov answer.c; rm *.gc*; gcc -fprofile-generate -c -o answer.o answer.c;
gcc -fprofile-generate -o program main.c answer.o; ./program; gcc -fprofile-use -c answer.c; ls;
rm *.gcda program answer.o)",
    R"(gcc -o none/program main.c answer.c; echo $?; echo broken >broken.c; echo old >broken.o; gcc -c broken.c;
ls; gcc -o program main.c; echo $?; ls temporary; gcc -pipe -s -o program main.c answer.c; ./program; >kept)",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(compilers)

BOOST_DATA_TEST_CASE(gcc_and_ld_do_as_on_disk, data::make(preloaded_ways) * data::make(commands), way, command) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict(start + "{ " + command + "; } 2>&1 | sed \"s|$TMPDIR/cc[A-Za-z0-9]*|temporary|g\"") == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
