#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(removing)

BOOST_DATA_TEST_CASE(frees_link_and_ram_file, data::make({"unlink", "unlinkat", "remove"}), call) {
  const Sandbox sandbox;
  answers(sandbox, std::string("creat f , write 0 x , ") + call + " f");
  BOOST_TEST(sandbox.ram_files().empty());
  BOOST_TEST(std::filesystem::is_empty(sandbox.folder()));
}

BOOST_DATA_TEST_CASE(answers_as_on_disk, data::make({"unlink", "unlinkat", "remove"}), call) {
  const std::string name(call);
  BOOST_TEST(difference("creat f , write 0 text , " + name + " f , lstat f , rewind 0 , fstat 0 , " + name + " f , " +
                        name + " none/f , mkdir d , " + name + " d") == "");
}

BOOST_AUTO_TEST_CASE(flags_that_do_not_exist_answer_as_on_disk) {
  BOOST_TEST(difference("unlinkat f 12345 , creat f , unlinkat f 12345 , lstat f , unlinkat none/f 1") == "");
}

BOOST_AUTO_TEST_CASE(a_copied_link_does_not_free_the_original) {
  const Sandbox sandbox;
  answers(sandbox, "creat f , write 0 text");
  BOOST_TEST(sandbox.run(Way::plain, "cp -P f copy").exit_code == 0);
  answers(sandbox, "unlink copy");
  BOOST_TEST(sandbox.read("f") == "text");
}

BOOST_AUTO_TEST_CASE(a_hard_linked_link_frees_with_the_last_name) {
  const Sandbox sandbox;
  answers(sandbox, "creat f , write 0 text");
  BOOST_TEST(sandbox.run(Way::plain, "ln f second").exit_code == 0);
  answers(sandbox, "unlink second");
  BOOST_TEST(sandbox.read("f") == "text");
  answers(sandbox, "unlink f");
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_SUITE_END()
