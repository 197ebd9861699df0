// What ships with the config layer, and files as the reader meets them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "config/config_file.hpp"
#include "config/listener.hpp"
#include "config/reader.hpp"
#include "config/table.hpp"

using namespace memfile::config;
namespace fs = std::filesystem;

namespace {

fs::path config_folder() { return fs::absolute(__FILE__).parent_path().parent_path().parent_path() / "config"; }

nlohmann::json schema() { return nlohmann::json::parse(std::ifstream(config_folder() / "memfile.schema.json")); }

std::vector<std::string> property_names(const nlohmann::json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.at("properties").items()) names.push_back(name);
  return names;
}

std::vector<std::string> sorted(const std::vector<std::string_view>& words) {
  std::vector<std::string> names(words.begin(), words.end());
  std::sort(names.begin(), names.end());
  return names;
}

bool is_read(const nlohmann::json& config) { return bool(read_text(config.dump(), {"", "/", "/home/pi"})); }

// A config whose one rule says "match", and the key with this word.
nlohmann::json with_word(const std::string& key, const nlohmann::json& word) {
  return {{"version", 1}, {"rules", {{{"match", "a"}, {key, word}}}}};
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "config_files.XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

// The message of the problem with a whole file.
std::string refusal(const std::string& file) {
  const auto config = read_file({file, "/", "/home/pi"});
  if (config) return "no problem";
  BOOST_TEST(config.problem().file == file);
  BOOST_TEST(config.problem().position.line == 0U);
  return config.problem().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_files)

BOOST_AUTO_TEST_CASE(every_example_is_read) {
  int count = 0;
  for (const fs::directory_entry& example : fs::directory_iterator(config_folder() / "examples")) {
    const auto config = read_file({example.path().string(), "/project", "/home/pi"});
    BOOST_TEST_CONTEXT(example.path()) {
      if (!config) BOOST_ERROR(config.problem().text());
      ++count;
    }
  }
  BOOST_TEST(count == 3);
}

BOOST_AUTO_TEST_CASE(the_application_example_keeps_a_database_and_its_companions_together) {
  const auto config = read_file({(config_folder() / "examples/application.json").string(), "/", "/home/pi"});
  BOOST_REQUIRE(config);
  const auto bytes = compile(*config, [](const std::string& folder) { return folder; });
  const Table table(bytes);
  const int rule = table.decide("/var/lib/myapp/app.db").rule;
  BOOST_TEST(rule != Decision::no_rule);
  for (const char* companion : {"-wal", "-shm", "-journal"}) {
    BOOST_TEST(table.decide(std::string("/var/lib/myapp/app.db") + companion).rule == rule);
  }
}

BOOST_AUTO_TEST_CASE(schema_and_reader_know_the_same_keys) {
  BOOST_TEST(property_names(schema()) == sorted(Listener::config_keys()), boost::test_tools::per_element());
  BOOST_TEST(property_names(schema().at("$defs").at("rule")) == sorted(Listener::rule_keys()),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(schema_and_reader_know_the_same_words) {
  const nlohmann::json properties = schema().at("$defs").at("rule").at("properties");
  for (const auto& [key, property] : properties.items()) {
    if (!property.contains("enum")) continue;
    for (const auto& word : property.at("enum")) BOOST_TEST(is_read(with_word(key, word)), key << " " << word);
    const auto refused = read_text(with_word(key, "no such word").dump(), {});
    BOOST_REQUIRE(!refused);
    for (const auto& word : property.at("enum")) {
      BOOST_TEST(refused.problem().message.find(word.dump()) != std::string::npos);
    }
    const auto listed = std::count(refused.problem().message.begin(), refused.problem().message.end(), '"') / 2 - 1;
    BOOST_TEST(listed == static_cast<long>(property.at("enum").size()));
  }
}

BOOST_AUTO_TEST_CASE(the_schemas_defaults_are_the_readers) {
  const auto config = read_text(R"({"version": 1, "rules": [{"match": "a"}]})", {});
  BOOST_REQUIRE(config);
  const nlohmann::json written = nlohmann::json::parse(to_json(*config));
  const nlohmann::json in_config = schema().at("properties");
  const nlohmann::json in_rule = schema().at("$defs").at("rule").at("properties");
  for (const auto& [key, property] : in_config.items()) {
    if (property.contains("default")) BOOST_TEST(written.at(key) == property.at("default"));
  }
  for (const auto& [key, property] : in_rule.items()) {
    if (property.contains("default")) BOOST_TEST(written.at("rules").at(0).at(key) == property.at("default"));
  }
}

BOOST_AUTO_TEST_CASE(a_file_is_read) {
  const Folder folder;
  std::ofstream(folder.path("rules.json")) << R"({"version": 1})";
  BOOST_TEST(bool(read_file({folder.path("rules.json"), "/", ""})));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_a_config_is_refused_with_the_reason) {
  const Folder folder;
  BOOST_TEST(refusal(folder.path("missing")).starts_with("there is no such file"));
  BOOST_TEST(refusal(folder.path("")).starts_with("it is a folder"));
  BOOST_REQUIRE(::mkfifo(folder.path("fifo").c_str(), 0600) == 0);
  BOOST_TEST(refusal(folder.path("fifo")).starts_with("it is not a regular file"));
  std::ofstream(folder.path("large")) << "{";
  fs::resize_file(folder.path("large"), max_config_size + 1);
  BOOST_TEST(refusal(folder.path("large")).starts_with("it is larger than 16 MiB"));
  fs::create_symlink("loop", folder.path("loop"));
  BOOST_TEST(refusal(folder.path("loop")).starts_with("it cannot be read: "));
  BOOST_TEST(refusal("relative.json").starts_with("its path is not absolute"));
}

BOOST_AUTO_TEST_CASE(a_file_that_may_not_be_read_is_refused_with_the_reason) {
  if (::geteuid() == 0) return;  // root may read anything
  const Folder folder;
  std::ofstream(folder.path("secret")) << "{}";
  fs::permissions(folder.path("secret"), fs::perms::none);
  BOOST_TEST(refusal(folder.path("secret")).starts_with("you may not read it"));
}

BOOST_AUTO_TEST_SUITE_END()
