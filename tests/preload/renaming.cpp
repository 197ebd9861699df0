#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(renaming)

BOOST_DATA_TEST_CASE(answers_as_on_disk, data::make({"rename", "renameat", "renameat2"}), call) {
  const std::string name(call);
  BOOST_TEST(difference("creat a , write 0 one , creat b , write 1 two , " + name +
                        " a b , lstat a , lstat b , cat b , " + name + " a c , " + name + " b b , cat b") == "");
  BOOST_TEST(difference("creat a , write 0 one , mkdir d , " + name + " a d , " + name + " a d/a , cat d/a , " + name +
                        " d e , cat e/a") == "");
}

BOOST_AUTO_TEST_CASE(frees_what_it_replaces) {
  const Sandbox sandbox;
  answers(sandbox, "creat a , write 0 one , creat b , write 1 two , rename a b");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  BOOST_TEST(sandbox.read("b") == "one");
}

BOOST_AUTO_TEST_CASE(a_renamed_memfile_is_freed_by_its_removal) {
  const Sandbox sandbox;
  answers(sandbox, "creat a , rename a b , creat a , write 1 new , unlink b , cat a");
  BOOST_TEST(sandbox.read("a") == "new");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  answers(sandbox, "unlink a");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(noreplace_holds) {
  BOOST_TEST(difference("creat a , creat b , renameat2 a b 1 , renameat2 a c 1 , lstat a , lstat c") == "");
}

BOOST_AUTO_TEST_CASE(exchange_holds) {
  BOOST_TEST(
      difference(
          "creat a , write 0 one , creat b , write 1 two , renameat2 a b 2 , cat a , cat b , unlink a , cat b") == "");
}

// Over the rules' border. In these rules only *.ram is RAM.
const char* const border_rules = R"({"version": 1, "base": "@", "rules": [{"match": "*.ram"}]})";

BOOST_AUTO_TEST_CASE(out_of_the_rules_a_closed_file_goes_to_disk) {
  const Sandbox sandbox(border_rules);
  BOOST_TEST(answers(sandbox, "creat f.ram 640 , write 0 bytes , close 0 , rename f.ram f , lstat f , lstat f.ram") ==
             "creat: done, errno kept\nwrite: done, errno kept\nclose: done, errno kept\nrename: done, errno kept\n"
             "lstat: done, errno kept, file 640 size 5 nlink 1\nlstat: failed, errno ENOENT\n");
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "bytes");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(out_of_the_rules_an_open_file_is_owed) {
  const Sandbox sandbox(border_rules);
  BOOST_TEST(answers(sandbox, "creat f.ram , rename f.ram f , write 0 later , cat f").ends_with("cat: later\n"));
  BOOST_TEST(sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.owed().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_owed_is_saved_when_the_process_ends) {
  const Sandbox sandbox(border_rules);
  answers(sandbox, "creat f.ram , rename f.ram f , write 0 later , close 0");
  BOOST_TEST(!sandbox.is_memfile("f"));
  BOOST_TEST(sandbox.read("f") == "later");
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(sandbox.owed().empty());
}

BOOST_AUTO_TEST_CASE(what_is_owed_and_comes_back_is_owed_no_more) {
  const Sandbox sandbox(border_rules);
  answers(sandbox, "creat f.ram , rename f.ram f , rename f g.ram");
  BOOST_TEST(sandbox.is_memfile("g.ram"));
  BOOST_TEST(sandbox.owed().empty());
}

BOOST_AUTO_TEST_CASE(into_the_rules_a_closed_file_goes_to_ram) {
  const Sandbox sandbox(border_rules);
  BOOST_TEST(
      answers(sandbox, "creat f 640 , write 0 bytes , close 0 , rename f f.ram , lstat f.ram , cat f.ram , lstat f")
          .ends_with("lstat: done, errno kept, file 640 size 5 nlink 1\ncat: bytes\nlstat: failed, errno ENOENT\n"));
  BOOST_TEST(sandbox.is_memfile("f.ram"));
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  answers(sandbox, "unlink f.ram");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(into_the_rules_an_open_file_stays_on_disk) {
  const Sandbox sandbox(border_rules);
  answers(sandbox, "creat f , rename f f.ram , write 0 later");
  BOOST_TEST(!sandbox.is_memfile("f.ram"));
  BOOST_TEST(sandbox.read("f.ram") == "later");
}

BOOST_AUTO_TEST_CASE(over_the_border_answers_as_on_disk) {
  for (const char* steps :
       {"creat a.ram , write 0 one , close 0 , creat b , write 1 two , close 1 , rename a.ram b , cat b , lstat a.ram "
        ", lstat b",
        "creat a.ram , write 0 one , creat b , write 1 two , rename a.ram b , cat b , lstat a.ram , lstat b , fstat 0 "
        ", fstat 1",
        "creat a , write 0 one , close 0 , creat b.ram , write 1 two , rename a b.ram , cat b.ram , lstat a , fstat 1",
        "creat a.ram , write 0 one , close 0 , creat b , write 1 two , close 1 , renameat2 a.ram b 2 , cat a.ram , cat "
        "b , "
        "lstat a.ram , lstat b",
        "creat a.ram , creat b , renameat2 a.ram b 1 , lstat a.ram , lstat b",
        "creat a.ram , close 0 , mkdir d , rename a.ram d , rename a.ram none/x , rename a.ram d/x , lstat d/x"}) {
    BOOST_TEST(difference(steps, "true", border_rules) == "", steps);
  }
}

// Each file stays where it is when the rename fails.
BOOST_AUTO_TEST_CASE(over_the_border_a_failure_changes_nothing) {
  for (const char* rename :
       {"rename a.ram d", "rename b d.ram", "rename a.ram none/x", "rename b none/x.ram", "renameat2 a.ram c 1",
        "renameat2 b e.ram 1", "renameat2 a.ram x 255", "renameat2 b x.ram 255", "renameat2 a.ram x 2",
        "renameat2 b x.ram 2", "renameat2 b a.ram 3"}) {
    const std::string made =
        "creat a.ram , close 0 , creat e.ram , close 1 , creat b , close 2 , creat c , mkdir d , mkdir d.ram , ";
    BOOST_TEST(difference(made + rename + " , lstat a.ram , lstat b , lstat c", "true", border_rules) == "", rename);
    const Sandbox sandbox(border_rules);
    answers(sandbox, made + rename);
    BOOST_TEST(sandbox.is_memfile("a.ram"), rename);
    BOOST_TEST(!sandbox.is_memfile("b"), rename);
    BOOST_TEST(sandbox.ram_files().size() == 2U, rename);
    BOOST_TEST(sandbox.owed().empty(), rename);
  }
}

// What a program saves atomically over a file on disk.
BOOST_DATA_TEST_CASE(what_replaces_a_file_on_disk_is_on_disk,
                     data::make({"creat new , write 0 new , close 0 , rename new kept",
                                 "creat b , write 0 new , close 0 , rename b kept"}),
                     steps) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "rules": [{"match": ["kept", "new"]}]})");
  sandbox.write("kept", "old");
  answers(sandbox, steps);
  BOOST_TEST(!sandbox.is_memfile("kept"));
  BOOST_TEST(sandbox.read("kept") == "new");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_CASE(what_replaces_a_file_on_disk_while_it_is_open_is_owed) {
  const Sandbox sandbox;
  sandbox.write("kept", "old");
  answers(sandbox, "creat new , write 0 new , rename new kept");
  BOOST_TEST(sandbox.read("kept") == "new");
  BOOST_TEST(sandbox.owed().size() == 1U);
}

BOOST_AUTO_TEST_CASE(fcntl_locks_survive_a_rename_over_the_border) {
  for (const char* steps :
       {"creat a.ram , lock 0 , rename a.ram a , is-locked a", "creat a , lock 0 , rename a a.ram , is-locked a.ram"}) {
    BOOST_TEST(difference(steps, "true", border_rules) == "", steps);
  }
}

BOOST_AUTO_TEST_CASE(between_two_names_of_one_file_nothing_happens) {
  BOOST_TEST(difference("creat a , write 0 x , link a b , rename a b , lstat a , lstat b , renameat2 a b 2 , lstat a , "
                        "renameat2 a b 1 , unlink a , cat b") == "");
}

BOOST_AUTO_TEST_CASE(a_folder_takes_its_memfiles_along) {
  const Sandbox sandbox;
  answers(sandbox, "mkdir d , creat d/f , write 0 x , rename d e , cat e/f , unlink e/f");
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(difference("mkdir d , creat d/f , write 0 x , rename d e , cat e/f , lstat e/f , creat e/g , lstat e/g") ==
             "");
}

BOOST_AUTO_TEST_CASE(a_dangling_link_is_as_good_as_absent) {
  for (const char* steps : {"rename gone x", "creat f , rename f gone , lstat gone",
                            "mkdir d , rename d gone , lstat gone", "mkdir d , rename d gone/ , lstat gone",
                            "creat f , rename f gone/ , lstat gone", "mkdir d , renameat2 d gone/ 1 , lstat gone",
                            "creat f , renameat2 f gone 1 , lstat gone", "creat f , renameat2 f gone 2 , lstat f"}) {
    BOOST_TEST(difference(steps, dangling("gone")) == "", steps);
  }
}

BOOST_AUTO_TEST_CASE(without_transparency_a_dangling_link_is_renamed) {
  const Sandbox sandbox;
  answers(sandbox, "creat f , creat g");
  for (const auto& ram : sandbox.ram_files()) std::filesystem::remove(ram);
  sandbox.set_rules(R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "**"}]})");
  BOOST_TEST(answers(sandbox, "rename f h , mkdir g , creat new , rename new g") ==
             "rename: done, errno kept\nmkdir: failed, errno EEXIST\ncreat: done, errno kept\nrename: done, errno "
             "kept\n");
  BOOST_TEST(std::filesystem::is_symlink(sandbox.folder() / "h"));
  BOOST_TEST(sandbox.is_memfile("g"));
}

BOOST_AUTO_TEST_SUITE_END()
