// A compiled config: what survives, when it is still right, and what broken bytes do.
#include <cstring>

#include <boost/test/unit_test.hpp>

#include "config/compiled_config.hpp"

using namespace memfile::config;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t noon = 43'200 * second;

std::string as_it_is(const std::string& folder) { return folder; }

Provenance provenance() {
  return {{"/home/pi/config.json", "/home/pi", "/home/pi"},
          {.device = 1, .inode = 2, .size = 3, .modified = noon - 9 * second, .changed = noon - 5 * second},
          "a build"};
}

Config config_of(const std::string& text) {
  const auto config = read_text(text, provenance().surroundings);
  if (!config) BOOST_FAIL(config.problem().text());
  return *config;
}

Config plain_config() { return config_of(R"({"version": 1, "rules": [{"match": "*.tmp"}]})"); }

bool is_current(const std::vector<std::byte>& bytes, const Provenance& asked, std::int64_t now = noon,
                const Resolve& resolve = as_it_is) {
  const CompiledConfig compiled(bytes);
  BOOST_REQUIRE(compiled.is_valid());
  return compiled.is_current(asked, now, resolve);
}

// A rule for each of `count` folders.
Config config_of_folders(std::size_t count) {
  std::string rules;
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) rules += ',';
    rules.append(R"({"match": "/folder)").append(std::to_string(i)).append(R"(/*.tmp"})");
  }
  return config_of(R"({"version": 1, "rules": [)" + rules + "]}");
}

std::string moved(const std::string& folder) { return folder == "/folder0" ? "/elsewhere" : folder; }

}  // namespace

BOOST_AUTO_TEST_SUITE(config_compiled)

BOOST_AUTO_TEST_CASE(settings_and_rules_survive) {
  const Config config = config_of(R"({"version": 1, "store": "/mnt/ram", "transparent": false, "reserve": 4096,
                                      "rules": [{"match": "*.keep", "action": "disk"}, {"match": "*.tmp"}]})");
  const std::vector<std::byte> bytes = compile(config, provenance(), noon, as_it_is);
  const CompiledConfig compiled(bytes);
  BOOST_REQUIRE(compiled.is_valid());
  BOOST_TEST(compiled.store() == std::string("/mnt/ram"));
  BOOST_TEST(compiled.file() == std::string("/home/pi/config.json"));
  BOOST_TEST(!compiled.is_transparent());
  BOOST_TEST(compiled.reserve().value_or(0) == 4096U);
  BOOST_TEST(compiled.table().decide("/home/pi/x.tmp").rule == 1);
  BOOST_TEST(compiled.table().decide("/home/pi/x.keep").rule == 0);
}

BOOST_AUTO_TEST_CASE(a_reserve_that_is_not_given_is_none) {
  const std::vector<std::byte> bytes = compile(plain_config(), provenance(), noon, as_it_is);
  BOOST_TEST(!CompiledConfig(bytes).reserve().has_value());
}

BOOST_AUTO_TEST_CASE(it_is_current_as_long_as_nothing_has_changed) {
  BOOST_TEST(is_current(compile(plain_config(), provenance(), noon, as_it_is), provenance(), noon + 900 * second));
}

BOOST_AUTO_TEST_CASE(any_change_of_the_file_makes_it_stale) {
  const std::vector<std::byte> bytes = compile(plain_config(), provenance(), noon, as_it_is);
  for (std::uint64_t FileState::*number : {&FileState::device, &FileState::inode, &FileState::size}) {
    Provenance other = provenance();
    ++(other.file.*number);
    BOOST_TEST(!is_current(bytes, other));
  }
  for (std::int64_t FileState::*time : {&FileState::modified, &FileState::changed}) {
    Provenance other = provenance();
    ++(other.file.*time);
    BOOST_TEST(!is_current(bytes, other));
  }
}

BOOST_AUTO_TEST_CASE(another_place_home_or_build_makes_it_stale) {
  const std::vector<std::byte> bytes = compile(plain_config(), provenance(), noon, as_it_is);
  for (std::string Surroundings::*text : {&Surroundings::file, &Surroundings::base, &Surroundings::home}) {
    Provenance other = provenance();
    other.surroundings.*text += "x";
    BOOST_TEST(!is_current(bytes, other));
  }
  Provenance other = provenance();
  other.build += "x";
  BOOST_TEST(!is_current(bytes, other));
}

BOOST_AUTO_TEST_CASE(a_few_folders_are_looked_at_each_time) {
  const std::vector<std::byte> bytes = compile(config_of_folders(max_checked_folders), provenance(), noon, as_it_is);
  BOOST_TEST(is_current(bytes, provenance(), noon + 900 * second));
  BOOST_TEST(!is_current(bytes, provenance(), noon, moved));
}

BOOST_AUTO_TEST_CASE(a_folder_that_was_a_link_is_looked_at_too) {
  const std::vector<std::byte> bytes = compile(config_of_folders(1), provenance(), noon, moved);
  BOOST_TEST(is_current(bytes, provenance(), noon, moved));
  BOOST_TEST(!is_current(bytes, provenance()));
}

BOOST_AUTO_TEST_CASE(many_folders_are_believed_for_a_while) {
  const std::vector<std::byte> bytes =
      compile(config_of_folders(max_checked_folders + 1), provenance(), noon, as_it_is);
  BOOST_TEST(is_current(bytes, provenance(), noon + folders_believed - 1));
  BOOST_TEST(!is_current(bytes, provenance(), noon + folders_believed));
  BOOST_TEST(!is_current(bytes, provenance(), noon - 1));  // the clock was set back
}

BOOST_AUTO_TEST_CASE(a_file_that_changed_just_now_may_change_again_unseen) {
  FileState file;
  file.changed = noon;
  BOOST_TEST(!file.is_settled(noon));
  BOOST_TEST(!file.is_settled(noon + 2 * second - 1));
  BOOST_TEST(file.is_settled(noon + 2 * second));
  BOOST_TEST(!file.is_settled(noon - second));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_cut_are_none) {
  const std::vector<std::byte> bytes = compile(plain_config(), provenance(), noon, as_it_is);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    BOOST_TEST(!CompiledConfig(std::span(bytes).first(size)).is_valid());
  }
}

BOOST_AUTO_TEST_CASE(a_header_with_any_other_byte_reads_nothing_outside) {
  const std::vector<std::byte> whole = compile(config_of_folders(2), provenance(), noon, as_it_is);
  for (std::size_t at = 0; at < 200 && at < whole.size(); ++at) {
    for (const unsigned value : {0x00U, 0x7FU, 0xFFU}) {
      // On the heap, and exactly as large: a sanitizer sees what lies behind it.
      std::vector<std::byte> bytes(whole);
      bytes[at] = std::byte{static_cast<unsigned char>(value)};
      const CompiledConfig compiled(bytes);
      if (!compiled.is_valid()) continue;
      BOOST_TEST(std::strlen(compiled.store()) < bytes.size());
      BOOST_TEST(compiled.table().decide("/folder0/x.other").rule == Decision::no_rule);
      static_cast<void>(compiled.is_current(provenance(), noon, as_it_is));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
