// syscall(): see raw_calls.cpp.
#pragma once

namespace memfile::preload {

// To be called at load. Until then each call of syscall() looks the next one up and passes through a frame of ours.
void prepare_raw_calls();

}  // namespace memfile::preload
