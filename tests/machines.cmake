# Built for another machine there are no suites: those of this one run that machine's probe and library, see
# tests/support/machine.hpp.

# memfile_foreign(PROGRAM...): programs of that machine's, and for each a script run/PROGRAM that starts it here.
function(memfile_foreign)
  foreach(program ${ARGV})
    target_link_libraries(${program} PRIVATE memfile_options)
    if(MEMFILE_LOADER)
      # This kernel executes them, and finds their loader where the compiler's package has put it.
      target_link_options(${program} PRIVATE LINKER:--dynamic-linker=${MEMFILE_LOADER}/${MEMFILE_LOADER_NAME})
      set_target_properties(${program} PROPERTIES BUILD_RPATH "$ORIGIN/found:${MEMFILE_LOADER}"
        LINK_FLAGS "-Wl,--disable-new-dtags")
    endif()
    set(file ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${program})
    string(REPLACE ";" " " emulator "${CMAKE_CROSSCOMPILING_EMULATOR}")
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/run/${program} @ONLY CONTENT [[
#!/bin/sh
# Starts @program@ of another machine's. An emulator runs without the library, which would stand in for its own calls
# (MEMFILE=0 keeps it from being added to the environment again); what it emulates has it.
if [ -z "@emulator@" ]; then exec "@file@" "$@"; fi
exec env -u LD_PRELOAD -u LD_LIBRARY_PATH MEMFILE=0 @emulator@ -U MEMFILE ${MEMFILE+-E "MEMFILE=$MEMFILE"} \
  ${LD_PRELOAD+-E "LD_PRELOAD=$LD_PRELOAD"} \
  ${LD_LIBRARY_PATH+-E "LD_LIBRARY_PATH=$LD_LIBRARY_PATH"} -0 "@file@" "@file@" "$@"
]])
    file(CHMOD ${CMAKE_BINARY_DIR}/run/${program} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
      WORLD_READ WORLD_EXECUTE)
  endforeach()
endfunction()

file(GLOB probe_sources CONFIGURE_DEPENDS probe/*.cpp)
add_executable(probe ${probe_sources})
add_executable(finder preload/programs/finder.cpp)
set_target_properties(finder PROPERTIES BUILD_RPATH "$ORIGIN/found")
memfile_foreign(probe finder)
if(CMAKE_SIZEOF_VOID_P EQUAL 4)
  # As programs are built since Debian 13: libc's functions by the names of those for files and times of 64 bits.
  add_executable(probe_time64 ${probe_sources})
  target_compile_definitions(probe_time64 PRIVATE _FILE_OFFSET_BITS=64 _TIME_BITS=64)
  memfile_foreign(probe_time64)
endif()

find_package(Threads REQUIRED)
add_library(waiting_plugin MODULE preload/programs/waiting_plugin.cpp)
target_link_libraries(waiting_plugin PRIVATE Threads::Threads)
add_library(neighbour MODULE preload/programs/neighbour.cpp)
add_library(old_neighbour MODULE preload/programs/neighbour.cpp)
target_link_options(old_neighbour PRIVATE LINKER:--hash-style=sysv)
add_library(comparing MODULE preload/programs/comparing.cpp ${CMAKE_SOURCE_DIR}/preload/objects.cpp)
target_link_libraries(comparing PRIVATE memfile_options)
add_library(found MODULE preload/programs/found.cpp)
set_target_properties(found PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/found)
