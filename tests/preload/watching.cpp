#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(watching)

BOOST_DATA_TEST_CASE(answers_as_on_disk, data::make({"inotify_add_watch", "fanotify_mark", "name_to_handle_at"}),
                     call) {
  const std::string name(call);
  BOOST_TEST(difference("creat f , " + name + " f , " + name + " none , " + name + " f/ , " + name + " BAD") == "");
}

BOOST_DATA_TEST_CASE(a_write_is_noticed, data::make(possible({"inotify_add_watch", "fanotify_mark"})), call) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, "creat f , " + call + " f");
  BOOST_TEST(answer.find("done, errno kept, noticed") != std::string::npos, answer);
}

BOOST_AUTO_TEST_CASE(a_handle_is_the_ram_files) {
  const Sandbox sandbox;
  const std::string answer = answers(sandbox, "creat f , name_to_handle_at f");
  BOOST_TEST(answer.find("done, errno kept, the file's") != std::string::npos, answer);
}

BOOST_DATA_TEST_CASE(a_dangling_link_is_absent,
                     data::make({"inotify_add_watch f", "fanotify_mark f", "name_to_handle_at f"}), step) {
  BOOST_TEST(difference(step, dangling("f")) == "");
}

BOOST_AUTO_TEST_SUITE_END()
