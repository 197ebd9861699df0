// What a removal frees, where links were copied, moved and planted from outside: never what a link still leads to.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/preload/differential.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// Inside, outside, inside again.
struct Story {
  const char* name;
  const char* inside;
  const char* outside;
  const char* removal;
};
std::ostream& operator<<(std::ostream& stream, const Story& story) { return stream << story.name; }

// Afterwards what is left leads to its bytes. `kept` of each is the file that has to say "text".
const std::vector<Story> copies{
    {"a copy in the same folder", "creat kept , write 0 text", "cp -P kept copy", "unlink copy"},
    {"a copy in another folder", "mkdir d 755 , creat d/f , write 0 text", "cp -a d copy; ln -s d/f kept",
     "unlink copy/f"},
    {"a copy under its own name", "creat f , write 0 text", "mkdir d; cp -P f d; ln -s f kept", "unlink d/f"},
    {"a copy of what was renamed", "creat f , write 0 text , rename f kept", "cp -P kept copy", "unlink copy"},
    {"a copy, and the original was moved", "creat f , write 0 text", "mv f kept; cp -P kept copy", "unlink copy"},
    {"a copy, and the original was moved after a rename", "creat f , write 0 text , rename f g",
     "mv g kept; cp -P kept copy", "unlink copy"},
    {"a copy of a folder that was renamed", "mkdir d 755 , creat d/f , write 0 text",
     "mv d old; cp -a old copy; ln -s old/f kept", "unlink copy/f"},
    {"a copy of a folder that was renamed and made again", "mkdir d 755 , creat d/f , write 0 text",
     "mv d old; mkdir d; cp -a old copy; ln -s old/f kept", "unlink copy/f"},
    {"a copy of what was renamed into a folder that was renamed and made again",
     "creat f , write 0 text , mkdir d 755 , rename f d/f", "mv d old; mkdir d; cp -P old/f copy; ln -s old/f kept",
     "unlink copy"},
    {"a replaced copy", "creat kept , write 0 text", "cp -P kept copy", "creat new , rename new copy"},
    {"a hard link of the link", "creat f , write 0 text", "ln f kept", "unlink f"},
};

const std::vector<Story> moves{
    {"nothing", "creat f", "true", "unlink f"},
    {"a move in the folder", "creat f", "mv f g", "unlink g"},
    {"a move into another folder", "creat f", "mkdir d; mv f d", "unlink d/f"},
    {"a move after a rename", "creat f , rename f g", "mv g h", "unlink h"},
    {"a folder that was renamed", "mkdir d 755 , creat d/f", "mv d e", "unlink e/f"},
    {"a folder that was renamed after a file in it", "mkdir d 755 , creat d/f , rename d/f d/g , rename d e", "true",
     "unlink e/g"},
    {"a renamed folder with a name that was shortened",
     "mkdir d 755 , creat d/a-name-that-is-longer-than-what-a-link-keeps-inline , rename d e", "true",
     "unlink e/a-name-that-is-longer-than-what-a-link-keeps-inline"},
    {"a folder that was renamed after a file into it", "creat f , mkdir d 755 , rename f d/f , rename d e", "true",
     "unlink e/f"},
    {"a folder made again where the file's home was",
     "mkdir d 755 , creat d/f , rename d e , mkdir d 755 , rename e/f d/f , rename d g", "true", "unlink g/f"},
    {"a rename inside after a move", "creat f", "mv f g", "rename g h , unlink h"},
    {"a name that was given again", "creat f", "mv f g", "creat f , unlink f , unlink g"},
    {"the original of a copy", "creat f", "cp -P f copy", "unlink f"},
    {"a copy of what is gone", "creat f", "cp -P f copy", "unlink f , unlink copy"},
    {"a replaced file that was moved", "creat f", "mv f g", "creat f , rename f g , unlink g"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(freeing)

BOOST_DATA_TEST_CASE(of_a_copy_takes_nothing_from_the_original, data::make(copies), story) {
  const Sandbox sandbox;
  answers(sandbox, story.inside);
  BOOST_REQUIRE(sandbox.run(Way::plain, story.outside) == Outcome{});
  answers(sandbox, story.removal);
  BOOST_TEST(sandbox.read("kept") == "text");
}

BOOST_DATA_TEST_CASE(follows_a_link_that_was_moved, data::make(moves), story) {
  const Sandbox sandbox;
  answers(sandbox, story.inside);
  BOOST_TEST(sandbox.ram_files().size() == 1U);
  BOOST_REQUIRE(sandbox.run(Way::plain, story.outside) == Outcome{});
  answers(sandbox, story.removal);
  for (const auto& ram : sandbox.ram_files()) BOOST_ERROR(ram.string() + " is left");
}

// Its folder is gone, and whether a link left it before nobody can tell.
BOOST_AUTO_TEST_CASE(is_left_undone_in_doubt) {
  const Sandbox sandbox;
  answers(sandbox, "mkdir d 755 , creat d/f");
  BOOST_REQUIRE(sandbox.run(Way::plain, "mv d/f g; rmdir d") == Outcome{});
  answers(sandbox, "unlink g");
  BOOST_TEST(sandbox.ram_files().size() == 1U);
}

// On disk under the names that the store has inside.
BOOST_DATA_TEST_CASE(is_not_misled_by_names_like_the_stores_own,
                     data::make({"f.record", ".record", ".origin", ".private", ".memfile-1", "f~abcde", ".owed",
                                 ".compiled"}),
                     name) {
  const std::string n(name);
  BOOST_TEST(difference("creat " + n + " , write 0 one , creat f , write 1 two , rename f " + n + " , cat " + n +
                        " , link " + n + " g , unlink " + n + " , cat g , mkdir d , rename g d/" + n + " , cat d/" + n +
                        " , readdir d , unlink d/" + n + " , readdir .") == "");
  const Sandbox sandbox;
  answers(sandbox, "creat " + n + " , creat f , rename f " + n + " , unlink " + n);
  BOOST_TEST(sandbox.ram_files().empty());
}

BOOST_AUTO_TEST_SUITE_END()
