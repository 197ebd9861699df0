// What the library takes of the C++ runtime, without exceptions: it is compiled without them, and what would be thrown
// at load (out of memory, a broken promise to the C++ library) ends the program either way. libstdc++'s own definitions
// of these bring the unwinder, the demangler and a pool of 73 KB, allocated in every process before main.
// Weak, so that where something still asks for libstdc++'s, that is taken and no harm done. All of it stays inside: the
// version script exports hooks only.
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <functional>
#include <new>
#include <unwind.h>

namespace std {  // NOLINT(cert-dcl58-cpp): these are declared in <bits/functexcept.h>, for the runtime to define

[[gnu::weak]] void terminate() noexcept { abort(); }
[[gnu::weak]] void __throw_bad_alloc() { abort(); }
[[gnu::weak]] void __throw_bad_array_new_length() { abort(); }
[[gnu::weak]] void __throw_bad_cast() { abort(); }
[[gnu::weak]] void __throw_bad_function_call() { abort(); }
[[gnu::weak]] void __throw_invalid_argument(const char* /*what*/) { abort(); }
[[gnu::weak]] void __throw_length_error(const char* /*what*/) { abort(); }
[[gnu::weak]] void __throw_logic_error(const char* /*what*/) { abort(); }
[[gnu::weak]] void __throw_out_of_range(const char* /*what*/) { abort(); }
[[gnu::weak]] void __throw_out_of_range_fmt(const char* /*what*/, ...) { abort(); }
[[gnu::weak]] void __throw_runtime_error(const char* /*what*/) { abort(); }

}  // namespace std

namespace {

// What is needed at load comes from here as long as it lasts, and is not given back: the program's allocator is not
// woken up for it. Only the load allocates: in one thread.
constexpr std::size_t arena_size = 16384;
alignas(std::max_align_t) constinit unsigned char arena[arena_size] = {};
constinit std::size_t taken = 0;

void* allocate(std::size_t size) noexcept {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  const std::size_t whole = size / alignment * alignment + alignment;
  if (whole < size || whole > arena_size - taken) return std::malloc(size == 0 ? 1 : size);
  void* memory = arena + taken;
  taken += whole;
  return memory;
}

void release(void* memory) noexcept {
  const auto* byte = static_cast<unsigned char*>(memory);
  if (std::less<>()(byte, arena) || !std::less<>()(byte, arena + arena_size)) std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) {
  void* memory = allocate(size);
  if (memory == nullptr) std::abort();
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t& /*unused*/) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t& /*unused*/) noexcept { release(memory); }

#ifdef __arm__
// libstdc++'s hash tables ask for it, of small numbers above 0, where the processor may not have it; libm would be one
// more library in every process.
extern "C" double floor(double number) {
  const auto whole = static_cast<double>(static_cast<long long>(number));
  return whole > number ? whole - 1 : whole;
}
#endif

// Only libstdc++'s own functions name these. A thread that is cancelled in one of ours unwinds past them.
extern "C" [[gnu::weak]] _Unwind_Reason_Code __gxx_personality_v0(int /*version*/, _Unwind_Action /*actions*/,
                                                                  _Unwind_Exception_Class /*kind*/,
                                                                  _Unwind_Exception* /*exception*/,
                                                                  _Unwind_Context* /*context*/) {
  return _URC_CONTINUE_UNWIND;
}
extern "C" [[gnu::weak]] void* __cxa_begin_catch(void* /*exception*/) noexcept { std::abort(); }
extern "C" [[gnu::weak]] void __cxa_end_catch() { std::abort(); }
extern "C" [[gnu::weak]] void __cxa_rethrow() { std::abort(); }
