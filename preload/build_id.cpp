#include "preload/build_id.hpp"

#include <cstring>
#include <elf.h>
#include <link.h>

// The linker's, where this library's own ELF header is mapped.
extern "C" __attribute__((visibility("hidden"))) const ElfW(Ehdr) __ehdr_start;  // NOLINT: its name

namespace memfile::preload {

namespace {

std::size_t aligned(std::size_t size) { return (size + 3) / 4 * 4; }

std::string_view find_in(const char* notes, std::size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, notes, sizeof note);
    const std::size_t description = sizeof note + aligned(note.n_namesz);
    const std::size_t whole = description + aligned(note.n_descsz);
    if (whole > size) break;
    if (note.n_type == NT_GNU_BUILD_ID) return {notes + description, note.n_descsz};
    notes += whole;
    size -= whole;
  }
  return {};
}

}  // namespace

std::string_view build_id() {
  const auto* base = reinterpret_cast<const char*>(&__ehdr_start);
  const auto* headers = reinterpret_cast<const ElfW(Phdr)*>(base + __ehdr_start.e_phoff);
  for (std::size_t i = 0; i < __ehdr_start.e_phnum; ++i) {
    if (headers[i].p_type != PT_NOTE) continue;
    const std::string_view found = find_in(base + headers[i].p_vaddr, headers[i].p_memsz);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace memfile::preload
