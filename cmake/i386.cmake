# Debian's cross compiler for i386, its libc, and no more: what is headers only comes from the host (host_headers.cmake).
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR i686)
set(CMAKE_C_COMPILER i686-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER i686-linux-gnu-g++)
set(CMAKE_FIND_ROOT_PATH /usr/i686-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
# Most kernels for 64-bit x86 execute its programs themselves.
set(MEMFILE_LOADER /usr/i686-linux-gnu/lib)
set(MEMFILE_LOADER_NAME ld-linux.so.2)
