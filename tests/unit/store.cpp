#include <memory>
#include <tuple>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "store/at.hpp"
#include "store/keyed_hash.hpp"
#include "store/path_buffer.hpp"
#include "store/ram_path.hpp"

using namespace memfile::store;

BOOST_AUTO_TEST_SUITE(store)

BOOST_AUTO_TEST_CASE(keyed_hash_is_siphash_2_4) {
  // The example of the SipHash paper's appendix A.
  const HashKey key{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};
  std::string bytes;
  for (char byte = 0; byte < 15; ++byte) bytes += byte;
  BOOST_TEST(keyed_hash(key, bytes) == 0xa129ca6149be45e5U);
}

BOOST_AUTO_TEST_CASE(base32_goes_there_and_back) {
  char text[13];
  to_base32(0x0123456789abcdefU, text);
  std::uint64_t value = 0;
  BOOST_TEST(from_base32({text, sizeof text}, value));
  BOOST_TEST(value == 0x0123456789abcdefU);
  BOOST_TEST(!from_base32("1", value));
}

BOOST_AUTO_TEST_CASE(a_ram_path_is_taken_apart) {
  RamPath path;
  BOOST_TEST(RamPath::parse("/dev/shm/memfile-1000/abcdefghijklmn/a name", path));
  BOOST_TEST(path.store() == "/dev/shm/memfile-1000");
  BOOST_TEST(path.directory() == "abcdefghijklmn");
  BOOST_TEST(path.name() == "a name");
  BOOST_TEST(path.user() == 1000U);
  BOOST_TEST(RamPath::parse("/dev/shm/memfile/0/abcdefghijklmn/x", path));
  BOOST_TEST(path.store() == "/dev/shm/memfile/0");
}

BOOST_AUTO_TEST_CASE(nothing_else_is_a_ram_path) {
  RamPath path;
  for (const char* target :
       {"", "x", "/", "/dev/shm/x", "memfile-1/abcdefghijklmn/x", "/dev/shm/memfile-/abcdefghijklmn/x",
        "/dev/shm/memfile-01/abcdefghijklmn/x", "/dev/shm/memfile-1/abcdefghijklmN/x",
        "/dev/shm/memfile-1/abcdefghijklm/x", "/dev/shm/memfile-1/abcdefghijklmn/",
        "/dev/shm/memfile-1/abcdefghijklmn/..", "/dev/shm//memfile-1/abcdefghijklmn/x",
        "/dev/../dev/shm/memfile-1/abcdefghijklmn/x", "/dev/./shm/memfile-1/abcdefghijklmn/x",
        "/dev/shm/memfile-99999999999/abcdefghijklmn/x", "/dev/shm/other/1/abcdefghijklmn/x"}) {
    BOOST_TEST(!RamPath::parse(target, path), target);
  }
}

BOOST_AUTO_TEST_CASE(a_path_has_a_folder_and_a_name) {
  PathText folder;
  for (const auto& [path, expected_folder, expected_name] : {std::tuple{"f", ".", "f"},
                                                             {"/f", "/", "f"},
                                                             {"a/b", "a", "b"},
                                                             {"a//b", "a/", "b"},
                                                             {"a/", "a", ""},
                                                             {"a/..", "a", ""}}) {
    BOOST_TEST(folder_of(path, folder));
    BOOST_TEST(folder.view() == expected_folder);
    BOOST_TEST(name_of(path) == expected_name);
  }
}

BOOST_AUTO_TEST_CASE(more_buffers_than_the_pool_holds_are_mapped) {
  std::vector<std::unique_ptr<PathBuffer>> buffers;
  for (int i = 0; i < 40; ++i) {
    buffers.push_back(std::make_unique<PathBuffer>());
    BOOST_TEST(static_cast<bool>(*buffers.back()));
    **buffers.back() << static_cast<std::uint64_t>(i);
  }
  for (std::size_t i = 0; i < buffers.size(); ++i) BOOST_TEST((*buffers[i])->view() == std::to_string(i));
}

BOOST_AUTO_TEST_SUITE_END()
