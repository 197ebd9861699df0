// The places where compiled configs are kept: what comes back, and what is not taken.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "store/config_cache.hpp"

using namespace memfile::store;

namespace {

namespace fs = std::filesystem;

constexpr const char* key = "a key";

// A store in a folder of its own.
class OwnStore {
 public:
  OwnStore() {
    std::string pattern = (fs::temp_directory_path() / "memfile-cache-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
    BOOST_REQUIRE(Store::find({.root = root_.c_str()}, geteuid(), IfMissing::make, store_));
  }
  ~OwnStore() { fs::remove_all(root_); }
  OwnStore(const OwnStore&) = delete;
  OwnStore& operator=(const OwnStore&) = delete;

  void keep(const std::string& text) const { keep_in_cache(store_, key, std::as_bytes(std::span(text))); }
  [[nodiscard]] std::string kept() const {
    const CachedBytes bytes(store_, key);
    return {reinterpret_cast<const char*>(bytes.view().data()), bytes.view().size()};
  }
  [[nodiscard]] fs::path folder() const { return fs::path(store_.path()) / cache_directory; }
  // The only file there.
  [[nodiscard]] fs::path place() const { return *fs::directory_iterator(folder()); }
  [[nodiscard]] const Store& store() const { return store_; }

 private:
  std::string root_;
  Store store_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(store_config_cache)

BOOST_AUTO_TEST_CASE(nothing_is_there_at_first) { BOOST_TEST(OwnStore().kept().empty()); }

BOOST_AUTO_TEST_CASE(what_is_kept_comes_back) {
  const OwnStore store;
  store.keep("bytes");
  BOOST_TEST(store.kept() == "bytes");
}

BOOST_AUTO_TEST_CASE(the_last_one_counts_and_leaves_no_other_file) {
  const OwnStore store;
  store.keep("first");
  store.keep("second");
  BOOST_TEST(store.kept() == "second");
  BOOST_TEST(std::distance(fs::directory_iterator(store.folder()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(mapped_bytes_outlive_what_replaces_them) {
  const OwnStore store;
  store.keep("first");
  const CachedBytes mapped(store.store(), key);
  store.keep("other");
  fs::remove_all(store.folder());
  BOOST_TEST(std::string(reinterpret_cast<const char*>(mapped.view().data()), mapped.view().size()) == "first");
}

BOOST_AUTO_TEST_CASE(nobody_else_can_read_it) {
  const OwnStore store;
  store.keep("bytes");
  const fs::perms own = fs::perms::owner_read | fs::perms::owner_write;
  BOOST_TEST((fs::status(store.place()).permissions() == own));
  BOOST_TEST((fs::status(store.folder()).permissions() == fs::perms::owner_all));
}

BOOST_AUTO_TEST_CASE(a_file_that_others_could_have_written_is_not_taken) {
  const OwnStore store;
  store.keep("bytes");
  fs::permissions(store.place(), fs::perms::group_write, fs::perm_options::add);
  BOOST_TEST(store.kept().empty());
}

BOOST_AUTO_TEST_CASE(a_link_in_the_place_is_not_followed) {
  const OwnStore store;
  store.keep("bytes");
  const fs::path place = store.place();
  const fs::path elsewhere = store.folder().parent_path() / "elsewhere";
  fs::rename(place, elsewhere);
  fs::create_symlink(elsewhere, place);
  BOOST_TEST(store.kept().empty());
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_none) {
  const OwnStore store;
  store.keep("bytes");
  fs::resize_file(store.place(), 0);
  BOOST_TEST(store.kept().empty());
}

BOOST_AUTO_TEST_CASE(what_is_too_large_is_not_kept) {
  const OwnStore store;
  store.keep(std::string(max_cached_size + 1, 'x'));
  BOOST_TEST(store.kept().empty());
}

BOOST_AUTO_TEST_CASE(while_one_writes_another_leaves_it_alone) {
  const OwnStore store;
  store.keep("first");
  std::ofstream(store.place().string() + ".draft") << "half";
  store.keep("second");
  BOOST_TEST(store.kept() == "first");
}

BOOST_AUTO_TEST_CASE(what_a_killed_writer_left_is_replaced_after_a_minute) {
  const OwnStore store;
  store.keep("first");
  const fs::path draft = store.place().string() + ".draft";
  std::ofstream(draft) << "half";
  fs::last_write_time(draft, fs::file_time_type::clock::now() - std::chrono::seconds(61));
  store.keep("second");
  BOOST_TEST(store.kept() == "second");
  BOOST_TEST(!fs::exists(draft));
}

BOOST_AUTO_TEST_SUITE_END()
