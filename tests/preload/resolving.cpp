#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

namespace {

using namespace memfile::tests;
namespace data = boost::unit_test::data;

const std::vector<std::string> variants{"realpath",     "canonicalize_file_name", "realpath-buffer",
                                        "old-realpath", "__realpath_chk",         "realpath-in-place"};
const std::vector<std::string> readers{"proc-readlink", "proc-readlinkat", "proc-__readlink_chk"};

std::string each(const std::string& call, const std::vector<std::string>& paths) {
  std::string steps;
  for (const std::string& path : paths) steps += " , " + call + " " + path;
  return steps;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resolving)

BOOST_DATA_TEST_CASE(a_memfile_is_where_its_link_stands, data::make(variants), call) {
  BOOST_TEST(difference("mkdir d 755 , creat f , creat d/g" + each(call, {"f", "./f", "d/g", "d/../f", "d//g", "d/./g",
                                                                          ".", "d/..", "d", "d/", "/", "''"})) == "");
}

BOOST_DATA_TEST_CASE(what_cannot_be_resolved_fails_as_on_disk, data::make(variants), call) {
  BOOST_TEST(difference("mkdir d 755 , creat f" + each(call, {"f/", "f/.", "f/..", "f/g", "none", "none/f", "d/none",
                                                              "loop", "lost", std::string(256, 'n')}),
                        "ln -s loop loop; ln -s nowhere lost") == "");
}

BOOST_DATA_TEST_CASE(a_folder_that_may_not_be_entered_is_left, data::make(variants), call) {
  BOOST_TEST(difference("mkdir d 600 , creat f" + each(call, {"d/../f", "link", "d/none"}), "ln -s d/../f link") == "");
}

BOOST_DATA_TEST_CASE(links_that_lead_to_a_memfile_are_followed_to_it, data::make(variants), call) {
  BOOST_TEST(difference("creat d/f" + each(call, {"link", "second", "folder/f", "folder/back", "absolute", "d/up"}),
                        "mkdir d; ln -s d/f link; ln -s link second; ln -s d folder; ln -s ../link d/back; "
                        "ln -s \"$PWD/d/f\" absolute; ln -s ../second d/up") == "");
}

BOOST_DATA_TEST_CASE(a_link_to_a_descriptor_leads_to_the_origin, data::make(variants), call) {
  BOOST_TEST(difference("creat d/f" + each(call, {"fd:0", "pid:0", "dev:0"}) + " , creat d/g , unlink d/g" +
                            each(call, {"fd:1"}) + " , rename d/f d/g" + each(call, {"fd:0"}),
                        "mkdir d") == "");
}

BOOST_DATA_TEST_CASE(a_long_path_is_too_long_as_on_disk, data::make(variants), call) {
  // The folder is named through a short link; with the file's name it is longer than PATH_MAX once that is resolved.
  const std::string folder(250, 'n');
  const std::string path = "deep/" + std::string(70, 'f');
  BOOST_TEST(difference("creat " + path + each(call, {path, path + "x"}),
                        "top=$PWD; i=0; while [ $i -lt 16 ]; do mkdir " + folder + " && cd " + folder +
                            " || exit 1; i=$((i + 1)); done; ln -s \"$(cd ..; pwd)\" \"$top/up\"; ln -s up/" + folder +
                            " \"$top/deep\"") == "");
}

BOOST_DATA_TEST_CASE(what_is_missing_is_named_by_its_link, data::make(variants), call) {
  BOOST_TEST(difference(call + " f , " + call + " ./f , " + call + " f/", dangling("f")) == "");
}

BOOST_AUTO_TEST_CASE(a_null_path_fails_as_on_disk) { BOOST_TEST(difference("realpath-NULL x") == ""); }

BOOST_AUTO_TEST_CASE(who_names_the_ram_file_gets_it) {
  const Sandbox sandbox;
  answers(sandbox, "creat f");
  const std::string ram = sandbox.ram_files().front().string();
  BOOST_TEST(answers(sandbox, "realpath " + ram) == "realpath: " + ram + "\n");
}

BOOST_AUTO_TEST_CASE(without_transparency_a_path_ends_in_the_store) {
  const Sandbox sandbox(R"({"version": 1, "base": "@", "transparent": false, "rules": [{"match": "**"}]})");
  answers(sandbox, "creat f");
  BOOST_TEST(answers(sandbox, "realpath f") == "realpath: " + sandbox.ram_files().front().string() + "\n");
}

BOOST_DATA_TEST_CASE(a_descriptors_link_names_the_origin, data::make(readers), call) {
  const std::string one = call + " fd:0";
  BOOST_TEST(difference("creat f , " + one + " , " + call + " pid:0 , " + call + " dev:0 , " + one + " 7 , " + one +
                        " 1 , rename f g , " + one + " , creat f , " + one) == "");
}

BOOST_DATA_TEST_CASE(a_memfile_leaves_the_buffer_as_it_was, data::make(readers), call) {
  BOOST_TEST(difference("creat f , " + call + " f , " + call + " f 7 , " + call + " lost", dangling("lost")) == "");
}

BOOST_DATA_TEST_CASE(after_its_removal_too, data::make(readers), call) {
  const std::string one = call + " fd:0";
  BOOST_TEST(difference("creat f , unlink f , " + one + " , creat f , " + one + " , " + call + " fd:1") == "");
}

BOOST_DATA_TEST_CASE(a_name_may_end_like_that_of_a_deleted_file, data::make(readers), call) {
  BOOST_TEST(difference("creat 'f (deleted)' , " + call + " fd:0 , creat 'g (deleted)' , unlink 'g (deleted)' , " +
                        call + " fd:1 , rename 'f (deleted)' h , " + call + " fd:0") == "");
}

BOOST_DATA_TEST_CASE(long_names_are_whole, data::make(readers), call) {
  const std::string name(200, 'n');
  BOOST_TEST(difference("creat " + name + " , " + call + " fd:0") == "");
}

BOOST_AUTO_TEST_CASE(a_ram_file_without_a_known_place_is_named_by_its_own_path) {
  const Sandbox sandbox;
  BOOST_TEST(sandbox.run(Way::plain, "mkdir d").exit_code == 0);
  const std::string answer = answers(sandbox, "creat d/f , rename d e , proc-readlink fd:0 , cat e/f");
  const std::string ram = sandbox.ram_files().empty() ? "none" : sandbox.ram_files().front().string();
  BOOST_TEST(answer.find("proc-readlink: done, errno kept, " + ram) != std::string::npos, answer);
}

BOOST_AUTO_TEST_SUITE_END()
