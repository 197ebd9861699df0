#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> open_variants{"open", "open64", "__open", "__open64", "openat", "openat64"};
const std::vector<std::string> fortified_variants{"__open_2", "__open64_2", "__openat_2", "__openat64_2"};
const std::vector<std::string> stream_variants{"fopen",     "fopen64",   "_IO_fopen",  "freopen",
                                               "freopen64", "setmntent", "__setmntent"};
const std::vector<std::string> template_variants{"mkstemp", "mkstemp64", "mkostemp", "mkostemp64"};
const std::vector<std::string> suffix_variants{"mkstemps", "mkstemps64", "mkostemps", "mkostemps64"};
const std::vector<std::string> existing{"absent", "a memfile", "on disk"};
const std::vector<std::string> flags{"rdonly",
                                     "wronly",
                                     "rdwr|creat",
                                     "wronly|creat|excl",
                                     "rdwr|creat|trunc",
                                     "wronly|creat|append",
                                     "rdonly|nofollow",
                                     "rdwr|creat|nofollow",
                                     "path",
                                     "path|nofollow",
                                     "path|creat",
                                     "path|creat|excl",
                                     "rdonly|creat|directory",
                                     "rdonly|directory",
                                     "rdwr|creat|direct"};

}  // namespace

BOOST_AUTO_TEST_SUITE(opening)

BOOST_DATA_TEST_CASE(every_variant_creates_in_ram, data::make(open_variants), variant) {
  const Sandbox sandbox;
  answers(sandbox, variant + " 'f' 'wronly|creat' 640 , write 0 bytes");
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "bytes");
}

BOOST_DATA_TEST_CASE(creat_creates_in_ram, data::make({"creat", "creat64"}), variant) {
  const Sandbox sandbox;
  answers(sandbox, std::string(variant) + " f , write 0 bytes");
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_DATA_TEST_CASE(every_stream_variant_creates_in_ram, data::make(stream_variants), variant) {
  const Sandbox sandbox;
  answers(sandbox, variant + " f w , print 0 bytes , fclose 0");
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "bytes");
}

BOOST_DATA_TEST_CASE(every_template_variant_creates_in_ram, data::make(template_variants), variant) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, variant + " tXXXXXX");
  BOOST_TEST(answer.find("a file") != std::string::npos, answer);
  BOOST_TEST(sandbox.ram_files().size() == 1U);
}

BOOST_DATA_TEST_CASE(every_suffix_variant_creates_in_ram, data::make(suffix_variants), variant) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, variant + " tXXXXXX.tmp");
  BOOST_TEST(answer.find("a file") != std::string::npos, answer);
  BOOST_TEST(sandbox.ram_files().size() == 1U);
}

BOOST_DATA_TEST_CASE(open_answers_as_on_disk, data::make(open_variants) * data::make(flags) * data::make(existing),
                     variant, flag, there) {
  const std::string first = there == "a memfile" ? "open f 'wronly|creat' 600 , write 0 before , " : std::string();
  const std::string prepare = there == "on disk" ? "printf before >f" : "true";
  const std::string steps = first + variant + " f '" + flag + "' 600 , lstat f , stat f , cat f";
  BOOST_TEST(difference(steps, prepare) == "");
}

BOOST_DATA_TEST_CASE(fortified_open_answers_as_on_disk, data::make(fortified_variants), variant) {
  BOOST_TEST(difference("creat f , write 0 text , " + variant + " f rdonly , read 1 , " + variant +
                        " f 'rdwr|nofollow' , " + variant + " g rdwr") == "");
}

BOOST_DATA_TEST_CASE(streams_answer_as_on_disk,
                     data::make(stream_variants) *
                         data::make({"r", "w", "a", "r+", "w+", "a+", "wx", "wxe", "we", "w,ccs=UTF-8", "q"}),
                     variant, mode) {
  const std::string open = variant + " f '" + mode + "'";
  BOOST_TEST(difference(open + " , lstat f , cat f") == "");
  BOOST_TEST(difference("creat f , write 0 before , close 0 , " + open + " , lstat f , cat f") == "");
}

BOOST_AUTO_TEST_CASE(template_answers_as_on_disk) {
  for (const char* pattern : {"tXXXXXX", "XXXXXX", "tXXXXX", "none/tXXXXXX", "''"}) {
    BOOST_TEST(difference(std::string("mkstemp ") + pattern) == "");
  }
}

BOOST_AUTO_TEST_CASE(bad_pointers_are_answered_by_libc) {
  BOOST_TEST(difference("open NULL 'rdwr|creat' , open BAD 'rdwr|creat' , lstat BAD , unlink BAD , rename BAD f , "
                        "creat g , rename g BAD , "
                        "renameat2 NULL f 2 , renameat2 g NULL 1 , "
                        "readlink NULL , fopen BAD w") == "");
}

BOOST_AUTO_TEST_CASE(impossible_paths_are_answered_by_libc) {
  const std::string long_name(256, 'n');
  BOOST_TEST(
      difference(
          "open none/f 'rdwr|creat' , open f/ 'rdwr|creat' , open . 'rdwr|creat' , open '' 'rdwr|creat' , open " +
          long_name + " 'rdwr|creat'") == "");
}

BOOST_AUTO_TEST_CASE(long_names_are_memfiles_too) {
  const std::string name(255, 'n');
  const Sandbox sandbox;
  answers(sandbox, "creat " + name + " , write 0 text");
  BOOST_TEST(sandbox.is_memfile(name));
  answers(sandbox, "unlink " + name);
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(umask_and_mode_are_those_of_a_disk) {
  BOOST_TEST(difference("umask 027 , open f 'rdwr|creat' 666 , lstat f , open g 'rdwr|creat' 4751 , lstat g") == "");
}

BOOST_AUTO_TEST_CASE(a_path_no_rule_matches_stays_on_disk) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": "*.tmp"}]})");
  answers(sandbox, "creat f , creat f.tmp");
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.is_memfile("f.tmp"));
}

BOOST_AUTO_TEST_CASE(a_file_on_disk_stays_there) {
  const Sandbox sandbox;
  sandbox.write("f", "before");
  answers(sandbox, "open f 'wronly|creat|append' , write 0 after");
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "beforeafter");
}

BOOST_AUTO_TEST_CASE(somebody_elses_link_is_theirs) {
  BOOST_TEST(
      difference("open link 'wronly|creat' , write 0 x , lstat link , readlink link , unlink link , lstat target",
                 "printf t >target; ln -s target link") == "");
  BOOST_TEST(difference("lstat link , readlink link , unlink link , cat \"$t\"",
                        "t=/dev/shm/memfile-test-foreign; printf t >$t; ln -s $t link; rm -f $t") == "");
}

BOOST_AUTO_TEST_CASE(a_dangling_link_is_healed_by_a_create) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove_all(ram.parent_path());
  BOOST_TEST(answers(sandbox, "lstat f , open f rdonly , open f 'wronly|creat|excl' , write 0 new , cat f") ==
             "lstat: failed, errno ENOENT\nopen: failed, errno ENOENT\nopen: done, errno kept\nwrite: done, errno "
             "kept\ncat: new\n");
  BOOST_TEST(sandbox.is_memfile("f"));
}

BOOST_AUTO_TEST_CASE(any_number_of_orphans_of_its_name_keeps_no_file_out_of_ram) {
  const Sandbox sandbox;
  sandbox.run(Way::bare, "for i in $(seq 80); do echo >f; MEMFILE=0 rm f; done; echo >f");
  BOOST_TEST(sandbox.ram_files().size() == 81U);
  BOOST_TEST(sandbox.is_memfile("f"));
}

// It was moved there, or the rules have changed.
BOOST_AUTO_TEST_CASE(a_dangling_link_that_no_rule_covers_gives_way_to_a_file_on_disk) {
  const std::string rules = R"({"version": 1, "base": "@", "rules": [{"match": "f"}]})";
  const std::string steps = "lstat g , open g 'wronly|creat' , write 0 new , cat g";
  BOOST_TEST(difference(steps, dangling("f") + "; test $way = plain || mv f g", rules) == "");
  const Sandbox sandbox(rules);
  answers(sandbox, "creat f");
  std::filesystem::remove_all(sandbox.ram_files().at(0).parent_path());
  std::filesystem::rename(sandbox.folder() / "f", sandbox.folder() / "g");
  answers(sandbox, steps);
  BOOST_TEST(std::filesystem::is_regular_file(std::filesystem::symlink_status(sandbox.folder() / "g")));
}

BOOST_AUTO_TEST_SUITE_END()
