// The links that a store keeps to each config under which something was created in it, so that commands that run later,
// without the program, can say which rule a memfile is there by. Hints, like all notes of a store's.
#pragma once
#include <string_view>

#include "store/store.hpp"

namespace memfile::store {

// Notes the config of `settings`, if it has a file outside of the store. A system call once in a process and user.
void note_config(const Store& store, const Settings& settings);

// A name for a file of the config directory's, 12 characters made of `text`.
constexpr std::size_t config_name_size = 12;
void name_config(std::string_view text, std::span<char, config_name_size> name);

}  // namespace memfile::store
