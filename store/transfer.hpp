// Moving a file between disk and RAM while it keeps its path: save and load. No write of somebody who has the file open
// is lost: without a write lease it is busy, and left as it is. At every moment one whole file stands at the path.
#pragma once
#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/store.hpp"

namespace memfile::store {

enum class Transferred {
  done,
  busy,    // somebody has it open or mapped, it has a second name, or it changed meanwhile
  failed,  // `error` says why; nothing has changed
};

struct Transfer {
  Transferred outcome = Transferred::failed;
  int error = 0;  // an errno
};

// What is on the disk for good when save() returns: the file, or also the folder that names it.
enum class Flush { file, folder };

// Puts a regular file with the same bytes and attributes in the place of the link to `ram` at `at`, and frees the RAM
// file.
[[nodiscard]] Transfer save(At at, const RamPath& ram, Flush flush);

// Moves the bytes of the regular file at `at` into RAM, to the place that a file at `home` has, and leaves a link.
// `home` is `at` itself, or where the caller is about to rename the link to: it is owed until then. On `done`, `ram` is
// the RAM file.
[[nodiscard]] Transfer load(const Settings& settings, At at, At home, RamPath& ram);

}  // namespace memfile::store
