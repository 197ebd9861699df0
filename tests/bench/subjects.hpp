// What can be measured. Each function does one thing over and over, knows nothing of memfile, and gives the nanoseconds
// that it takes; scripts/bench runs it with the library and without. Another subject is another function here, a line
// in main.cpp, and a row in scripts/bench.
#pragma once
#include <span>
#include <string>

namespace memfile::bench {

using Arguments = std::span<const std::string>;

// Starting a process (starting.cpp): PROGRAM LIBRARY CONFIG; "" as library or config: none.
double start(Arguments arguments);

// One call on a path (paths.cpp): PATH, a file that is there; unlink's own are PATH and a number.
double open_close(Arguments arguments);
double open_close_creating(Arguments arguments);  // with O_CREAT, though it is there
double status(Arguments arguments);
double link_status(Arguments arguments);
double unlink_each(Arguments arguments);
double rename_back_and_forth(Arguments arguments);

// Files made new (creating.cpp): the names are those of PATH and a number.
double create_close(Arguments arguments);          // PATH
double create_close_by_hand(Arguments arguments);  // PATH RAM-PATH: a file at the second, a link to it at the first

// The bytes of a file (bytes.cpp): PATH, made and removed again by the subject.
double write_bytes(Arguments arguments);
double read_bytes(Arguments arguments);
double map_bytes(Arguments arguments);

// Deciding (deciding.cpp): CONFIG PATH; the path with its % replaced by numbers.
double decide(Arguments arguments);
// Prints a config: COUNT KIND; its last rule is *.matched. With "names" each rule asks for something of a name, with
// "mixed" every fifth is for all that is in a folder.
void print_rules(Arguments arguments);

}  // namespace memfile::bench
