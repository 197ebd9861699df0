#include "preload/symbols.hpp"

#include "preload/symbols_time64.hpp"

namespace memfile::preload {

constinit Symbols next;
constinit Time64Symbols next_time64;

}  // namespace memfile::preload
