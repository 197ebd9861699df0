// The events of nlohmann's parser, each turned into a value, a key or an end.
#include <string>

#include "config/listener.hpp"
#include "config/syntax_error.hpp"
#include "config/words.hpp"

namespace memfile::config {

bool Listener::null() { return accept({.kind = Kind::null}); }
bool Listener::boolean(bool value) { return accept({.kind = Kind::boolean, .truth = value}); }
bool Listener::number_integer(nlohmann::json::number_integer_t) { return accept({.kind = Kind::other_number}); }
bool Listener::number_unsigned(nlohmann::json::number_unsigned_t value) {
  return accept({.kind = Kind::natural, .natural = value});
}
bool Listener::number_float(nlohmann::json::number_float_t, const std::string&) {
  return accept({.kind = Kind::other_number});
}
bool Listener::string(std::string& value) { return accept({.kind = Kind::string, .text = value}); }
bool Listener::binary(nlohmann::json::binary_t&) { return false; }
bool Listener::start_object(std::size_t) { return accept({.kind = Kind::object}); }
bool Listener::start_array(std::size_t) { return accept({.kind = Kind::array}); }

bool Listener::key(std::string& name) {
  token_ = cursor_.next_reported();
  const bool in_rule = place_ == Place::rule;
  const std::span<const Key> known = known_keys(place_);
  const Key*& current = in_rule ? rule_key_ : config_key_;
  unsigned& seen = in_rule ? rule_keys_seen_ : config_keys_seen_;
  current = nullptr;
  const std::string above = key_path();
  for (std::size_t at = 0; at < known.size(); ++at) {
    if (known[at].name != name) continue;
    current = &known[at];
    if ((seen & (1U << at)) != 0) return fail(in_quotes(name) + " stands twice in this object; leave one of them");
    seen |= 1U << at;
    return true;
  }
  std::string message = "unknown key " + in_quotes(name) + "; ";
  const auto words = names(known);
  const auto near = nearest(name, words);
  message += near.empty() ? "the keys here are " + quoted_list(words) : "did you mean " + in_quotes(near) + "?";
  return fail_at(cursor_.position(token_.begin), above.empty() ? name : above + "." + name, std::move(message));
}

bool Listener::end_object() {
  token_ = cursor_.next_reported();
  if (place_ == Place::rule) return end_rule();
  place_ = Place::document;
  config_key_ = nullptr;
  // The first of the known keys is "version".
  if ((config_keys_seen_ & 1U) == 0) {
    return fail_at(config_position_, "version", "the config does not say its version; write \"version\": 1");
  }
  return true;
}

bool Listener::end_array() {
  token_ = cursor_.next_reported();
  if (place_ == Place::rules) {
    place_ = Place::config;
    return true;
  }
  if (patterns_ == &config_.rules.back().match && patterns_->empty()) {
    place_ = Place::rule;
    return fail("the list is empty; name the files that the rule is about");
  }
  place_ = Place::rule;
  return true;
}

bool Listener::parse_error(std::size_t bytes_read, const std::string&, const nlohmann::json::exception& reason) {
  const SyntaxError error = describe_syntax_error(reason.what(), bytes_read, cursor_);
  return fail_at(cursor_.position(error.offset), key_path(), error.message);
}

}  // namespace memfile::config
