// Watching for seccomp filters: see preload/filter.hpp.
#include <stdarg.h>
#include <sys/prctl.h>

#include "preload/filter.hpp"
#include "preload/symbols.hpp"

using memfile::preload::installing_filter;
using memfile::preload::next;

MEMFILE_EXPORT int prctl(int option, ...) noexcept {
  va_list arguments;
  va_start(arguments, option);
  const unsigned long a = va_arg(arguments, unsigned long);
  const unsigned long b = va_arg(arguments, unsigned long);
  const unsigned long c = va_arg(arguments, unsigned long);
  const unsigned long d = va_arg(arguments, unsigned long);
  va_end(arguments);
  const auto real = [&] { return next.prctl(option, a, b, c, d); };
  return option == PR_SET_SECCOMP ? static_cast<int>(installing_filter(real)) : real();
}
