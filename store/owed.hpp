// What a store owes to the disk, as its notes say.
#pragma once
#include "store/store.hpp"

namespace memfile::store {

// Saves each file that is owed and that nobody has open; what cannot be saved now stays owed. Uses no heap.
void save_owed(const Store& store);

}  // namespace memfile::store
