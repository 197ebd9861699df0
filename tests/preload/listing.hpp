// A folder in which everything is met that a listing tells apart, on disk and with memfiles.
#pragma once
#include <string>

#include "tests/preload/differential.hpp"

namespace memfile::tests {

// In `sandbox`: memfile, empty and sub/inner, which are memfiles where `way` is preloaded; disk, link, broken and
// foreign, which are on disk and links of somebody else's; and what remains of lost, sub/lost, gone/one and gone/two
// after a reboot: nothing, or dangling links.
void furnish(const Sandbox& sandbox, Way way);

// What the probe's steps answer differently in such a folder on disk and with memfiles; "" where they agree.
[[nodiscard]] std::string furnished_difference(const std::string& steps);

}  // namespace memfile::tests
