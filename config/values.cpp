#include "config/values.hpp"

#include <charconv>
#include <limits>

#include "config/config.hpp"
#include "config/pattern.hpp"
#include "config/words.hpp"

namespace memfile::config {
namespace {

// What is wrong with any folder that is written like this.
std::string folder_fault(std::string_view written, const Surroundings& surroundings) {
  if (written.empty()) return "the folder is empty; write its path";
  if (written.find('\0') != std::string_view::npos) return "no path holds a NUL byte";
  const bool wants_home = written == "~" || written.starts_with("~/");
  if (wants_home && surroundings.home.empty()) return "HOME is not set, so that ~ stands for nothing; write the path";
  return {};
}

// The folder, "~" replaced and `beginning` before a relative one.
std::string folder(std::string_view written, std::string_view beginning, const Surroundings& surroundings) {
  if (written.starts_with('/')) return normalised(written);
  if (written == "~" || written.starts_with("~/"))
    return normalised(surroundings.home + std::string(written.substr(1)));
  return normalised(std::string(beginning).append("/").append(written));
}

}  // namespace

Reading<std::string> read_base(std::string_view written, const Surroundings& surroundings) {
  if (std::string fault = folder_fault(written, surroundings); !fault.empty()) return {{}, fault};
  std::string_view beginning = surroundings.file;
  beginning = beginning.empty() ? surroundings.base : beginning.substr(0, beginning.rfind('/'));
  return {folder(written, beginning, surroundings), {}};
}

Reading<std::string> read_store(std::string_view written, const Surroundings& surroundings) {
  if (std::string fault = folder_fault(written, surroundings); !fault.empty()) return {{}, fault};
  if (!written.starts_with('/') && written != "~" && !written.starts_with("~/")) {
    return {{}, "the store " + in_quotes(written) + " is not absolute; write a path like \"/dev/shm\""};
  }
  std::string path = folder(written, {}, surroundings);
  if (path.size() > max_store_size) {
    return {{},
            "the store's path is longer than " + std::to_string(max_store_size) +
                " bytes, and would be part of every link; take a shorter one"};
  }
  return {std::move(path), {}};
}

Reading<std::uint64_t> read_size(std::string_view written) {
  constexpr std::string_view units = "KMGT";
  std::uint64_t count = 0;
  const char* end = written.data() + written.size();
  const auto [behind, error] = std::from_chars(written.data(), end, count);
  const std::string_view rest = written.substr(static_cast<std::size_t>(behind - written.data()));
  const bool is_known = rest.empty() || (rest.size() == 1 && units.find(rest) != std::string_view::npos);
  const bool is_out_of_range = error == std::errc::result_out_of_range;
  if (!is_out_of_range && (error != std::errc() || !is_known)) {
    return {0, in_quotes(written) + " is no size; write bytes, or a whole number with K, M, G or T: \"64M\""};
  }
  const std::size_t power = rest.empty() ? 0 : units.find(rest) + 1;
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() >> (10 * power);
  if (is_out_of_range || count > most) return {0, in_quotes(written) + " is larger than any store"};
  return {count << (10 * power), {}};
}

}  // namespace memfile::config
