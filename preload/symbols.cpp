#include "preload/symbols.hpp"

namespace memfile::preload {

constinit Symbols next;

}  // namespace memfile::preload
