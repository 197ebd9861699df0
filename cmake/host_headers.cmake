# For cross builds: libraries that are headers only, as the host has them. The host's /usr/include as such would put its
# libc's headers before the other machine's, so a folder of the build's leads to these alone.
set(host_headers ${CMAKE_BINARY_DIR}/host-headers)
file(MAKE_DIRECTORY ${host_headers})
foreach(folder nlohmann CLI)
  if(NOT IS_DIRECTORY /usr/include/${folder})
    message(FATAL_ERROR "there is no /usr/include/${folder}; scripts/install-missing build installs it")
  endif()
  file(CREATE_LINK /usr/include/${folder} ${host_headers}/${folder} SYMBOLIC)
endforeach()

foreach(library nlohmann_json::nlohmann_json CLI11::CLI11)
  add_library(${library} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${library} INTERFACE ${host_headers})
endforeach()
