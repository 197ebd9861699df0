// Other people's test suites: the same list of cases passes on memfiles as on disk.
#pragma once
#include <string>

namespace memfile::tests {

// Runs a command of sh's that tests files in the working folder, and prints a line for each of its cases: its name and
// how it ended. Plainly, and with all below the folder in RAM. Gives "" where the lists agree, cases ran, and RAM was
// used and is free again; else what differs. In both $sources is the folder of tests/foreign.
[[nodiscard]] std::string difference(const std::string& command);

}  // namespace memfile::tests
