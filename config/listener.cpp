#include "config/listener.hpp"

#include <array>

#include "config/glob.hpp"
#include "config/pattern.hpp"
#include "config/values.hpp"
#include "config/words.hpp"

namespace memfile::config {
namespace {

constexpr std::size_t max_alternatives_in_all = 1U << 20U;

constexpr std::array<std::string_view, 2> actions = {"ram", "disk"};
constexpr std::array<std::string_view, 2> existings = {"leave", "load"};
constexpr std::array<std::string_view, 3> endings = {"keep", "save", "discard"};

}  // namespace

std::span<const Listener::Key> Listener::known_keys(Place place) {
  static constexpr std::array<Key, 7> in_config = {{{"version", &Listener::take_version},
                                                    {"base", &Listener::take_base},
                                                    {"store", &Listener::take_store},
                                                    {"transparent", &Listener::take_transparent},
                                                    {"reserve", &Listener::take_reserve},
                                                    {"rules", &Listener::take_rules},
                                                    {"$schema", &Listener::take_schema}}};
  static_assert(in_config[0].name == "version", "end_object asks for it by its place");
  static constexpr std::array<Key, 6> in_rule = {{{"match", &Listener::take_match},
                                                  {"except", &Listener::take_except},
                                                  {"action", &Listener::take_action},
                                                  {"existing", &Listener::take_existing},
                                                  {"on_exit", &Listener::take_on_exit},
                                                  {"on_shutdown", &Listener::take_on_shutdown}}};
  if (place == Place::config) return in_config;
  return in_rule;
}

std::vector<std::string_view> Listener::names(std::span<const Key> keys) {
  std::vector<std::string_view> all;
  for (const Key& key : keys) all.push_back(key.name);
  return all;
}

std::vector<std::string_view> Listener::config_keys() { return names(known_keys(Place::config)); }
std::vector<std::string_view> Listener::rule_keys() { return names(known_keys(Place::rule)); }

Listener::Listener(std::string_view text, const Surroundings& surroundings)
    : surroundings_(surroundings), cursor_(text) {
  config_.file = surroundings.file;
  config_.base = collapsed(surroundings.base);
}

Result<Config> Listener::result() {
  if (problem_) return *problem_;
  for (Rule& rule : config_.rules) {
    for (std::vector<Pattern>* list : {&rule.match, &rule.except}) {
      for (Pattern& one : *list) one.absolute = absolute_pattern(one.written, config_.base, surroundings_.home);
    }
  }
  return std::move(config_);
}

// One value, wherever it stands.
bool Listener::accept(const Value& value) {
  token_ = cursor_.next_reported();
  switch (place_) {
    case Place::document:
      if (value.kind != Kind::object) return fail_expecting("an object {...}", value);
      config_position_ = cursor_.position(token_.begin);
      place_ = Place::config;
      return true;
    case Place::config:
      return (this->*config_key_->take)(value);
    case Place::rules:
      return begin_rule(value);
    case Place::rule:
      return (this->*rule_key_->take)(value);
    case Place::patterns:
      return add_pattern(value);
  }
  return false;
}

bool Listener::take_version(const Value& value) {
  if (value.kind != Kind::natural) return fail_expecting("the number 1", value);
  return value.natural == 1 || fail("only version 1 is known; a newer memfile may be needed");
}

bool Listener::take_base(const Value& value) {
  if (value.kind != Kind::string) return fail_expecting("a string", value);
  Reading<std::string> base = read_base(value.text, surroundings_);
  if (!base.fault.empty()) return fail(base.fault);
  config_.base = base.value;
  return true;
}

bool Listener::take_store(const Value& value) {
  if (value.kind != Kind::string) return fail_expecting("a string", value);
  Reading<std::string> store = read_store(value.text, surroundings_);
  if (!store.fault.empty()) return fail(store.fault);
  config_.store = store.value;
  return true;
}

bool Listener::take_transparent(const Value& value) {
  if (value.kind != Kind::boolean) return fail_expecting("true or false", value);
  config_.transparent = value.truth;
  return true;
}

bool Listener::take_reserve(const Value& value) {
  if (value.kind == Kind::natural) {
    config_.reserve = value.natural;
    return true;
  }
  if (value.kind != Kind::string) return fail_expecting("a number of bytes, or a string like \"64M\"", value);
  const Reading<std::uint64_t> size = read_size(value.text);
  if (!size.fault.empty()) return fail(size.fault);
  config_.reserve = size.value;
  return true;
}

bool Listener::take_rules(const Value& value) {
  if (value.kind != Kind::array) return fail_expecting("a list [...] of rules", value);
  place_ = Place::rules;
  return true;
}

bool Listener::take_schema(const Value& value) {
  return value.kind == Kind::string || fail_expecting("a string", value);
}

bool Listener::begin_rule(const Value& value) {
  config_.rules.emplace_back();
  if (value.kind != Kind::object) return fail_expecting("a rule {\"match\": ...}", value);
  config_.rules.back().position = cursor_.position(token_.begin);
  rule_keys_seen_ = 0;
  rule_key_ = nullptr;
  on_shutdown_.reset();
  place_ = Place::rule;
  return true;
}

bool Listener::end_rule() {
  Rule& rule = config_.rules.back();
  rule_key_ = nullptr;
  if (rule.match.empty()) {
    return fail_at(rule.position, key_path(), "the rule has no \"match\"; name the files it is about");
  }
  rule.on_shutdown = on_shutdown_.value_or(rule.on_exit);
  place_ = Place::rules;
  return true;
}

bool Listener::take_match(const Value& value) { return take_patterns(value, config_.rules.back().match); }
bool Listener::take_except(const Value& value) { return take_patterns(value, config_.rules.back().except); }

bool Listener::take_patterns(const Value& value, std::vector<Pattern>& patterns) {
  patterns_ = &patterns;
  if (value.kind == Kind::string) return add_pattern(value);
  if (value.kind != Kind::array) return fail_expecting("a pattern, or a list of patterns", value);
  place_ = Place::patterns;
  return true;
}

bool Listener::add_pattern(const Value& value) {
  if (value.kind != Kind::string) return fail_expecting("a pattern in quotes", value);
  if (auto fault = pattern_fault(value.text, surroundings_.home)) return fail(*fault);
  alternatives_ += expand_braces(value.text)->size();
  if (alternatives_ > max_alternatives_in_all) {
    return fail("with this one, the patterns come to more than a million; write * for some of them");
  }
  patterns_->push_back({std::string(value.text), {}, cursor_.position(token_.begin)});
  return true;
}

template <class Enum>
bool Listener::take_word(const Value& value, std::span<const std::string_view> words, Enum& result) {
  if (value.kind != Kind::string) return fail_expecting("one of " + quoted_list(words), value);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] != value.text) continue;
    result = static_cast<Enum>(at);
    return true;
  }
  std::string message = "unknown word " + in_quotes(value.text) + "; ";
  if (const auto near = nearest(value.text, words); !near.empty()) message += "did you mean " + in_quotes(near) + "? ";
  return fail(message + "(one of " + quoted_list(words) + ")");
}

bool Listener::take_action(const Value& value) { return take_word(value, actions, config_.rules.back().action); }
bool Listener::take_existing(const Value& value) { return take_word(value, existings, config_.rules.back().existing); }
bool Listener::take_on_exit(const Value& value) { return take_word(value, endings, config_.rules.back().on_exit); }
bool Listener::take_on_shutdown(const Value& value) { return take_word(value, endings, on_shutdown_.emplace()); }

std::string Listener::key_path() const {
  if (config_key_ == nullptr) return {};
  std::string path(config_key_->name);
  if (place_ == Place::document || place_ == Place::config) return path;
  if (!config_.rules.empty()) path += '[' + std::to_string(config_.rules.size() - 1) + ']';
  if (place_ == Place::rules || rule_key_ == nullptr) return path;
  path.append(".").append(rule_key_->name);
  if (place_ == Place::patterns) path += '[' + std::to_string(patterns_->size()) + ']';
  return path;
}

bool Listener::fail(std::string message) {
  return fail_at(cursor_.position(token_.begin), key_path(), std::move(message));
}

bool Listener::fail_at(Position position, std::string key, std::string message) {
  problem_ = Problem{surroundings_.file, position, std::move(key), std::move(message)};
  return false;
}

bool Listener::fail_expecting(std::string_view expected, const Value& value) {
  return fail("expected " + std::string(expected) + ", found " + std::string(kind_name(value.kind)));
}

std::string_view Listener::kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "true or false";
    case Kind::natural:
      return "a number";
    case Kind::other_number:
      return "a number that is negative or has a fraction";
    case Kind::string:
      return "a string";
    case Kind::object:
      return "an object";
    case Kind::array:
      return "a list";
  }
  return "something else";
}

}  // namespace memfile::config
