// What the contract is tried by. Each check prints lines that are the same with and without the library, or figures to
// be compared, and gives the program's exit code.
#pragma once
#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

// The name of each call. Its first word is the symbol's.
int names(Paths paths);

// Bytes of stack that each call needs, when it is made for the second time: "BYTES CALL, STANDING".
int stack(Paths paths);

// How often each call takes memory from the heap, when it is made for the second time: "TIMES CALL, STANDING".
int heap(Paths paths);

// The calls after which other descriptors are open than before.
int descriptors(Paths paths);

// Whether a lock that the process holds on the file outlives each call: "CALL: kept|lost".
int locks(Paths paths);

// What each call says: "CALL, STANDING: done|failed, errno kept|NAME".
int answers(Paths paths);

// Calls in all combinations, and what a program sees afterwards: open's flags and what stands at the path; what is
// renamed, or linked, to what; each call and what stands at its path.
int openings(Paths paths);
int renamings(Paths paths);
int linkings(Paths paths);
int effects(Paths paths);

// What a program sees when the process that makes a call is killed in it, at any point: nothing is printed where that
// is the state before the call or the one after.
int killed(Paths paths);

// The calls after which the process has other threads, or other signals blocked, pending, caught or ignored.
int signals(Paths paths);

struct Answer {
  long result;
  int error;  // errno
};
Answer answer_of(const Call& call, Paths paths);
// One such line. `about` says what it was tried with.
void print_answer(const Call& call, const Answer& answer, const char* about);

// The same in a signal handler on an alternate stack of 8 KiB, each call being its process's first: or "signal N".
int in_handler(Paths paths);
// The same in vfork children.
int in_vfork_child(Paths paths);

// What each call says to a path that cannot be read, is too long, or is just not: "CALL, WHAT: ...|signal N".
int bad_pointers(Paths paths);

// Calls of threads that somebody has cancelled already: "CALL, STANDING: cancelled|came back, something|nothing is
// there".
int cancelled_before(Paths paths);
// Many threads that create and remove one file, cancelled at any moment: how many descriptors are left.
int cancelled_at_random(Paths paths);
// Many threads that wait for a file that somebody holds a lease on, cancelled there: whether calls that follow have to
// take memory from the kernel.
int cancelled_while_waiting(Paths paths);

// Whether a process lives on that makes a call behind a seccomp filter: "CALL: lives on|ended".
int filtered(Paths paths);

// Eight threads at work, each with its own files: "N mistakes".
int threads(Paths paths);
// The same, and a child every now and then that does the same work.
int forks(Paths paths);
// The same work, in a program and in its signal handler, whenever that strikes.
int interrupted(Paths paths);

// answers() before the library's constructor ran, with the object `early` preloaded; and whether a file was on disk.
int early(Paths paths);

}  // namespace memfile::contract
