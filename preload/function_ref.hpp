// A callable that the caller keeps alive: two words, no heap. How a variant of a libc function hands its verb the real
// call.
#pragma once
#include <type_traits>
#include <utility>

namespace memfile::preload {

template <class Signature>
class FunctionRef;

template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef>)
      FunctionRef(const Callable& callable)  // NOLINT: implicit, so that a lambda is passed as it stands
      : callable_(&callable), invoke_([](const void* erased, Arguments... arguments) -> Result {
          return (*static_cast<const Callable*>(erased))(arguments...);
        }) {}

  Result operator()(Arguments... arguments) const { return invoke_(callable_, arguments...); }

 private:
  const void* callable_;
  Result (*invoke_)(const void*, Arguments...);
};

}  // namespace memfile::preload
