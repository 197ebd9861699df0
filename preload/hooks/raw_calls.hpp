// syscall(): what its entry and its handlers know of each other. See raw_calls.cpp and raw_calls_entry.cpp.
#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace memfile::preload {

// To be called at load. Until then each call of syscall() looks the next one up and passes through a frame of ours.
void prepare_raw_calls();

// For each number of a call its row in the table of handlers, or none.
constexpr std::size_t number_count = 512;
constexpr std::uint8_t no_row = UINT8_MAX;
using RowOfNumber = std::array<std::uint8_t, number_count>;

using RawCall = long(long number, long, long, long, long, long, long);

}  // namespace memfile::preload

// By C's names, for assembly.
extern "C" {
extern const memfile::preload::RowOfNumber memfile_row_of_number;
// nullptr until it was looked up.
extern constinit std::atomic<memfile::preload::RawCall*> memfile_next_syscall;
long memfile_handle_syscall(long number, ...);
}
