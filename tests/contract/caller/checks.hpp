// What the contract is tried by. Each check prints lines that are the same with and without the library, or figures to
// be compared, and gives the program's exit code.
#pragma once
#include "tests/contract/caller/calls.hpp"

namespace memfile::contract {

// The name of each call. Its first word is the symbol's.
int names(Paths paths);

// Bytes of stack that each call needs, when it is made for the second time: "BYTES CALL, STANDING".
int stack(Paths paths);

// What each call says: "CALL, STANDING: done|failed, errno kept|NAME".
int answers(Paths paths);
// One such line. `about` says what it was tried with.
void print_answer(const Call& call, Paths paths, const char* about);

}  // namespace memfile::contract
