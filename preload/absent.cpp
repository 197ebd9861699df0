#include "preload/absent.hpp"

#include "store/path_buffer.hpp"

namespace memfile::preload {

int call_for_absent(FunctionRef<int(const char*)> call, store::At at) {
  const store::PathBuffer beside;
  return beside && store::name_beside(at.path, *beside) ? call(beside->c_str()) : call(at.path);
}

}  // namespace memfile::preload
