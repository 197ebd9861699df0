// Watching for seccomp filters: see preload/filter.hpp.
#include <stdarg.h>
#include <sys/prctl.h>

#include "preload/filter.hpp"
#include "preload/symbols.hpp"
#include "preload/symbols_time64.hpp"

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

#if __TIMESIZE == 32

MEMFILE_EXPORT int __prctl_time64(int option, unsigned long a, unsigned long b, unsigned long c,
                                  unsigned long d) noexcept {
  const auto real = [&] { return memfile::preload::next_time64.prctl(option, a, b, c, d); };
  return option == PR_SET_SECCOMP ? static_cast<int>(installing_filter(real)) : real();
}

#endif
