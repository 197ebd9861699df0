// Redirections of bash and dash.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const std::vector<std::string> shells{"bash", "dash"};
const std::vector<std::string> common{
    "echo one >f; echo two >>f; cat <f",
    "exec 3<>f; echo three >&3; exec 3>&-; cat f",
    "exec 4>f; echo one >&4; ls f >&4; (echo child >&4); exec 4>&-; cat f",
    "echo old >f; set -C; echo new >f || echo refused; echo new >|f; cat f",
    "cat >f <<E\ntext $((1+1))\nE\ncat f",
    "ls none f 2>errors >f; cat f; sort errors",
    "{ echo out; echo err >&2; } >both 2>&1; cat both; { echo out; echo err >&2; } >>both 2>&1; wc -l <both",
    ">f; [ -f f ] && [ ! -s f ] && [ ! -L f ] && [ ! -h f ] && echo an empty regular file; [ -e none ] || echo none",
    "echo text >f; while read -r line; do echo \"read $line\"; done <f; rm f; cat f; echo kept >f",
    "umask 027; echo x >f; mkdir d; cd d; echo y >../g; echo z >below; cat ../f ../g below",
    "echo x >none/f; echo $?; echo x >.; echo $?; echo x >''; echo $?; echo kept >f",
    "for i in 1 2 3; do (echo $i >>f) & wait $!; done; cat f; sh -c 'echo exec >f'; cat f",
    "(exec >f; echo inside; sh -c 'echo started'); cat f; echo $(<f)",
    "trap 'rm -f lock; ls' EXIT; echo $((40+2)) >lock; read -r n <lock; echo $n; echo kept >f",
};
const std::vector<std::string> of_bash{
    "echo one &>f; echo two &>>f; cat f; echo $(<f)",
    "exec {fd}<>f; echo text >&$fd; exec {fd}>&-; mapfile -t lines <f; echo ${#lines[@]} ${lines[0]}",
    "cat <<<here >f; cat f; diff f <(echo here) && echo same",
    "tee >(cat >copied) <<<text >f; while [ ! -s copied ]; do sleep 0.01; done; cat f copied",
    "echo x >f; echo y >g; [[ -f f && ! -L f && f -ef f && ! f -ef g && -O f ]] && echo regular; echo ?",
    "shopt -s nullglob; >a.tmp; >b.tmp; echo *.tmp *.none; rm *.tmp; echo *.tmp; >kept",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(redirections)

BOOST_DATA_TEST_CASE(bash_and_dash_redirect, data::make(preloaded_ways) * data::make(shells) * data::make(common), way,
                     shell, script) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict(shell + " -c " + quoted(script)) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_DATA_TEST_CASE(bash_redirects, data::make(preloaded_ways) * data::make(of_bash), way, script) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict("bash -c " + quoted(script)) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
