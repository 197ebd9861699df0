// A buffer for one path, off the stack.
#pragma once
#include <climits>

#include "store/pooled.hpp"
#include "store/text.hpp"

namespace memfile::store {

using PathText = Text<PATH_MAX>;
using PathBuffer = Pooled<PathText>;

}  // namespace memfile::store
