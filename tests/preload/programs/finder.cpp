// Loads a library by a name that only this program's own RUNPATH leads to. Ends with 0 if it is found.
#include <dlfcn.h>

int main() { return dlopen("libfound.so", RTLD_NOW) == nullptr ? 1 : 0; }
