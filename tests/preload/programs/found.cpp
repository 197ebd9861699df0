// A library to be found.
extern "C" int found() { return 1; }
