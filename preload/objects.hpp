// What stands behind our library in the order in which ld.so looks symbols up, and what dlsym(RTLD_NEXT) would find
// there. Found without dlsym(), which waits for ld.so's lock: a thread that dlopens a plugin holds it, and the plugin's
// constructor may wait for another thread, which calls us for the first time. Asking for all symbols at load would do,
// too; but it takes 30 to 50 us in every process, most of it to read in pages of libc that are not used otherwise.
#pragma once

namespace memfile::preload {

// Learns what stands there. To be called while ld.so loads us, when the program cannot have threads that wait.
void learn_objects();

// The next definition of a symbol. No lock, no heap, a few hundred nanoseconds. Goes by dlsym() before learn_objects(),
// and where an object is not as expected. nullptr if there is none; dlsym() then allocates its message.
[[nodiscard]] void* find_next(const char* name);

}  // namespace memfile::preload
