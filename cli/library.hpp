// The preload library: where it is, and how ld.so can be told.
#pragma once
#include <optional>
#include <string>

namespace memfile::cli {

// Beside this command, in ../lib or the architecture's folder below it. Absolute.
[[nodiscard]] std::optional<std::string> find_library();

// The library as a word of LD_PRELOAD. ld.so splits that at blanks and colons: a library below a folder with such is
// named by a link that is left in the store below `root`. Nothing if there is no word for it.
[[nodiscard]] std::optional<std::string> preloadable(const std::string& library, const std::string& root);

// LD_PRELOAD with the library in it, before what `already` asks for, and once.
[[nodiscard]] std::string preload_with(const std::string& library, const char* already);

// A folder of the store's below `root`, made with it where it is missing.
[[nodiscard]] std::optional<std::string> folder_in_store(const std::string& root, std::string_view name);

}  // namespace memfile::cli
