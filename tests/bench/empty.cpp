// The library that does nothing: what any preloaded library costs a process at its start.
extern "C" __attribute__((visibility("default"))) const int bench_empty = 0;
