#include "config/result.hpp"
#include "config/words.hpp"

namespace memfile::config {

std::string Problem::text() const {
  std::string place = printable(file);
  if (position.line != 0) {
    if (!place.empty()) place += ':';
    place += std::to_string(position.line) + ':' + std::to_string(position.column);
  }
  std::string result;
  for (const std::string& part : {place, printable(key)}) {
    if (!part.empty()) result += part + ": ";
  }
  return result + message;
}

}  // namespace memfile::config
