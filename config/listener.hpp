// Hears what nlohmann's parser reads, event by event, and makes a Config of it. The only place that knows the keys. It
// stops the parser at the first problem, so that nesting never goes deeper than a config's.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "config/config.hpp"
#include "config/reader.hpp"
#include "config/token_cursor.hpp"

namespace memfile::config {

class Listener {
 public:
  // Both must outlive the listener.
  Listener(std::string_view text, const Surroundings& surroundings);

  // Once the parser is through: the config, its patterns made absolute, or the first problem.
  [[nodiscard]] Result<Config> result();

  // Every key that is known at the top, and in a rule.
  [[nodiscard]] static std::vector<std::string_view> config_keys();
  [[nodiscard]] static std::vector<std::string_view> rule_keys();

  // The interface that nlohmann::json::sax_parse asks for; false stops the parser.
  bool null();
  bool boolean(bool value);
  bool number_integer(nlohmann::json::number_integer_t value);
  bool number_unsigned(nlohmann::json::number_unsigned_t value);
  bool number_float(nlohmann::json::number_float_t value, const std::string& written);
  bool string(std::string& value);
  bool binary(nlohmann::json::binary_t& value);
  bool start_object(std::size_t size);
  bool key(std::string& name);
  bool end_object();
  bool start_array(std::size_t size);
  bool end_array();
  bool parse_error(std::size_t bytes_read, const std::string& token, const nlohmann::json::exception& reason);

 private:
  enum class Kind { null, boolean, natural, other_number, string, object, array };
  struct Value {
    Kind kind;
    bool truth = false;
    std::uint64_t natural = 0;
    std::string_view text = {};
  };
  struct Key {
    std::string_view name;
    bool (Listener::*take)(const Value&);
  };
  enum class Place { document, config, rules, rule, patterns };

  static std::span<const Key> known_keys(Place place);
  static std::vector<std::string_view> names(std::span<const Key> keys);
  static std::string_view kind_name(Kind kind);

  bool accept(const Value& value);
  bool take_version(const Value& value);
  bool take_base(const Value& value);
  bool take_store(const Value& value);
  bool take_transparent(const Value& value);
  bool take_reserve(const Value& value);
  bool take_rules(const Value& value);
  bool take_schema(const Value& value);
  bool take_match(const Value& value);
  bool take_except(const Value& value);
  bool take_action(const Value& value);
  bool take_existing(const Value& value);
  bool take_on_exit(const Value& value);
  bool take_on_shutdown(const Value& value);

  bool take_patterns(const Value& value, std::vector<Pattern>& patterns);
  bool add_pattern(const Value& value);
  bool begin_rule(const Value& value);
  bool end_rule();
  // Takes a string that is one of `words`; its index becomes the enum's value.
  template <class Enum>
  bool take_word(const Value& value, std::span<const std::string_view> words, Enum& result);

  [[nodiscard]] std::string key_path() const;
  bool fail(std::string message);
  bool fail_at(Position position, std::string key, std::string message);
  bool fail_expecting(std::string_view expected, const Value& value);

  const Surroundings& surroundings_;
  TokenCursor cursor_;
  Extent token_;
  Place place_ = Place::document;
  const Key* config_key_ = nullptr;
  const Key* rule_key_ = nullptr;
  unsigned config_keys_seen_ = 0;  // a bit for each of the known keys
  unsigned rule_keys_seen_ = 0;
  Position config_position_;
  std::vector<Pattern>* patterns_ = nullptr;  // the list that is being read
  std::optional<Ending> on_shutdown_;         // of the rule that is being read
  std::size_t alternatives_ = 0;              // of all patterns so far
  Config config_;
  std::optional<Problem> problem_;
};

}  // namespace memfile::config
