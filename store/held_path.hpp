// A path whose folder is held open, so that several steps are made in one and the same folder, whoever renames it or
// puts a link in its place meanwhile: somebody else's folder must not lead root's steps elsewhere.
#pragma once
#include <climits>

#include "store/at.hpp"
#include "store/descriptor.hpp"

namespace memfile::store {

class HeldPath {
 public:
  // `at` has to live as long. Its path must not end with a slash.
  explicit HeldPath(At at);

  // 0, or -errno if there is no such folder, or no descriptor is left.
  [[nodiscard]] int fault() const { return folder_.get() < 0 ? folder_.get() : 0; }
  [[nodiscard]] At at() const { return {folder_.get(), name_}; }
  // A new name in the same folder, for what is moved aside or not ready yet: .memfile-RANDOM.
  [[nodiscard]] At beside() const { return {folder_.get(), beside_.c_str()}; }
  // Puts on the disk which names the folder has.
  void flush() const;

 private:
  Descriptor folder_;
  const char* name_;
  Text<40> beside_;
};

}  // namespace memfile::store
