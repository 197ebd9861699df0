// Steps that come one by one on standard input, a SOCK_SEQPACKET socket on which each message is a step and each answer
// a message, so that several processes can take turns. The first process has nothing but the library: `begin FOLDER`
// makes a child that takes the steps in that folder until `end`, and whose destructors run then. A step is
//   [N=] [@N] STEP ARG...     what it opens is kept under the number N; calls with "at" start from the folder kept
//   there
// An argument that begins with @/ is below the folder; so is what answers tell that way. A dollar sign is an empty
// argument.
#pragma once
#include "tests/probe/step.hpp"

namespace memfile::probe {

// Ends with the process's exit code when standard input does.
int take_turns(const Steps& steps);

// Within a turn: the folder's path.
const std::string& turn_folder();

}  // namespace memfile::probe
