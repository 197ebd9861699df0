// Memfiles that are owed to the disk: a program renamed them to where no rule covers them while somebody had them open.
#pragma once
#include "store/at.hpp"
#include "store/ram_path.hpp"

namespace memfile::preload {

// Notes that the memfile whose link stands at `at` is owed. This process tries to save it when it ends.
void owe(const store::RamPath& ram, store::At at);

}  // namespace memfile::preload
