// What comes of moving a file between disk and RAM while it keeps its path (store/saving.hpp, store/loading.hpp). No
// write of somebody who has the file open is lost: without a write lease it is busy, and left as it is. At every moment
// one whole file stands at the path.
#pragma once
#include <cerrno>

namespace memfile::store {

enum class Transferred {
  done,
  busy,    // somebody has it open or mapped, it has a second name, or it changed meanwhile
  failed,  // `error` says why; nothing has changed
};

struct Transfer {
  Transferred outcome = Transferred::failed;
  int error = 0;  // an errno

  [[nodiscard]] static constexpr Transfer busy() { return {.outcome = Transferred::busy, .error = EBUSY}; }
  // `result` is -errno.
  [[nodiscard]] static constexpr Transfer failed(int result) { return {.error = -result}; }
};

}  // namespace memfile::store
