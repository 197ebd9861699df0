// Where syscall() is entered. What no hook is there for is passed on by a jump, with no frame of ours between, because
// a raw vfork returns twice, and the first return gives the frame up.
#include "preload/hooks/raw_calls.hpp"
#include "preload/symbols.hpp"

#if defined(__x86_64__)
// The sixth word of a call is on the stack, where libc's syscall reads it; a jump written in C++ would write it again,
// into what may be a variable of a caller that passed fewer. Hence assembly.
MEMFILE_EXPORT __attribute__((naked)) long memfile_enter_syscall(long number, ...) asm("syscall");
long memfile_enter_syscall(long /*number*/, ...) {
  asm("cmp $511, %rdi\n\t"
      "ja 1f\n\t"
      "lea memfile_row_of_number(%rip), %rax\n\t"
      "cmpb $255, (%rax,%rdi)\n\t"
      "jne 2f\n"
      "1:\t"
      "mov memfile_next_syscall(%rip), %rax\n\t"
      "test %rax, %rax\n\t"
      "je 2f\n\t"
      "jmp *%rax\n"
      "2:\t"
      "jmp memfile_handle_syscall");
}
#elif defined(__i386__)
// All words are on the stack, and the same holds for them.
MEMFILE_EXPORT __attribute__((naked)) long memfile_enter_syscall(long number, ...) asm("syscall");
long memfile_enter_syscall(long /*number*/, ...) {
  asm("call 3f\n"
      "3:\t"
      "pop %ecx\n\t"
      "mov 4(%esp), %eax\n\t"
      "cmp $511, %eax\n\t"
      "ja 1f\n\t"
      "cmpb $255, memfile_row_of_number-3b(%ecx,%eax)\n\t"
      "jne 2f\n"
      "1:\t"
      "mov memfile_next_syscall-3b(%ecx), %eax\n\t"
      "test %eax, %eax\n\t"
      "je 2f\n\t"
      "jmp *%eax\n"
      "2:\t"
      "jmp memfile_handle_syscall");
}
#elif defined(__arm__)
// The last three words are on the stack, and the same holds for them. What is read of the program counter is 8 ahead.
MEMFILE_EXPORT __attribute__((naked, target("arm"))) long memfile_enter_syscall(long number, ...) asm("syscall");
long memfile_enter_syscall(long /*number*/, ...) {
  asm("cmp r0, #512\n\t"
      "bhs 1f\n\t"
      "ldr ip, 5f\n"
      "3:\t"
      "add ip, pc, ip\n\t"
      "ldrb ip, [ip, r0]\n\t"
      "cmp ip, #255\n\t"
      "bne 2f\n"
      "1:\t"
      "ldr ip, 6f\n"
      "4:\t"
      "ldr ip, [pc, ip]\n\t"
      "cmp ip, #0\n\t"
      "beq 2f\n\t"
      "bx ip\n"
      "2:\t"
      "b memfile_handle_syscall\n"
      "5:\t"
      ".word memfile_row_of_number-3b-8\n"
      "6:\t"
      ".word memfile_next_syscall-4b-8");
}
#else
// All words are in registers. Not variadic, so that the compiler makes it a jump, too.
MEMFILE_EXPORT long memfile_enter_syscall(long number, long a, long b, long c, long d, long e, long f) asm("syscall");
long memfile_enter_syscall(long number, long a, long b, long c, long d, long e, long f) {
  using namespace memfile::preload;
  const auto next_syscall = memfile_next_syscall.load(std::memory_order_relaxed);
  const bool is_known = number >= 0 && number < static_cast<long>(number_count);
  const bool is_handled = is_known && memfile_row_of_number[static_cast<std::size_t>(number)] != no_row;
  if (is_handled || next_syscall == nullptr) return memfile_handle_syscall(number, a, b, c, d, e, f);
  return next_syscall(number, a, b, c, d, e, f);
}
#endif
