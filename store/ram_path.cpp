#include "store/ram_path.hpp"

#include <limits>

#include "store/keyed_hash.hpp"

namespace memfile::store {

namespace {

constexpr std::string_view own_form = "memfile-";

// Splits off what follows the last '/'; empty where there is none.
std::string_view take_last(std::string_view& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view last = path.substr(slash + 1);
  path = path.substr(0, slash);
  return last;
}

// Decimal, without sign or leading zeros, as memfile itself writes it.
bool parse_user(std::string_view digits, uid_t& user) {
  if (digits.empty() || digits.size() > 10 || (digits[0] == '0' && digits.size() > 1)) return false;
  std::uint64_t value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return false;
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (value > std::numeric_limits<uid_t>::max()) return false;
  user = static_cast<uid_t>(value);
  return true;
}

}  // namespace

bool is_directory_name(std::string_view name) {
  std::uint64_t ignored = 0;
  return name.size() == directory_size && from_base32(name, ignored);
}

// Most links end here, and shall cost little stack.
bool RamPath::parse(std::string_view target, RamPath& path) {
  const std::size_t slash = target.rfind('/');
  const bool has_directory =
      slash != std::string_view::npos && slash > directory_size && target[slash - directory_size - 1] == '/';
  return has_directory && take_apart(target, path);
}

__attribute__((noinline)) bool RamPath::take_apart(std::string_view target, RamPath& path) {
  if (target.empty() || target[0] != '/' || target.size() >= max_ram_path) return false;
  for (const std::string_view detour : {"//", "/./", "/../"}) {
    if (target.find(detour) != std::string_view::npos) return false;
  }
  std::string_view rest = target;
  const std::string_view name = take_last(rest);
  const std::string_view directory = take_last(rest);
  const std::string_view store = rest;
  const std::string_view last = take_last(rest);
  if (name.empty() || name == "." || name == ".." || !is_directory_name(directory)) return false;

  const bool is_own_form = last.starts_with(own_form);
  if (!is_own_form && take_last(rest) != "memfile") return false;
  if (!parse_user(is_own_form ? last.substr(own_form.size()) : last, path.user_)) return false;
  PathText* const text = path.start();
  if (text == nullptr) return false;
  *text << target;
  path.store_size_ = store.size();
  return true;
}

RamPath RamPath::in(std::string_view store, uid_t user, std::string_view directory, std::string_view name) {
  RamPath path;
  PathText* const text = path.start();
  if (text != nullptr) *text << store << '/' << directory << '/' << name;
  path.store_size_ = store.size();
  path.user_ = user;
  return path;
}

std::string_view RamPath::root() const {
  std::string_view root = store();
  const std::string_view last = take_last(root);
  if (!last.starts_with(own_form)) (void)take_last(root);
  return root;
}

void RamPath::rename(std::string_view name) {
  if (!has_text()) return;
  (*text_)->cut_to(store_size_ + directory_size + 2);
  **text_ << name;
}

RamPath& RamPath::operator=(const RamPath& other) {
  if (this == &other) return *this;
  PathText* const text = other.has_text() || has_text() ? start() : nullptr;
  if (text != nullptr) *text << other.view();
  store_size_ = other.store_size_;
  user_ = other.user_;
  return *this;
}

__attribute__((noinline)) PathText* RamPath::start() {
  if (!text_) text_.emplace();
  if (!has_text()) return nullptr;
  (*text_)->take(0);
  return &**text_;
}

}  // namespace memfile::store
