// The place in the store for the RAM file of a path: the directory that stands for its folder, and a name in it. Its
// own name; beside the database for SQLite's companions; one that stands in where that is taken or too long.
#pragma once
#include <cerrno>
#include <sys/stat.h>

#include "store/at.hpp"
#include "store/ram_path.hpp"
#include "store/store.hpp"

namespace memfile::store {

// Gives the file that `fd` is open on the group of the folder it was made for, if that is setgid. 0 or -errno.
[[nodiscard]] int give_group(const kernel::Status& folder, int fd);

class Place {
 public:
  // `at` is where the link is to stand. Both arguments must outlive this.
  Place(const Settings& settings, At at) : settings_(settings), at_(at) {}

  // Describes the folder, and opens the effective user's store, making it if it is missing. 0; what is wrong with the
  // folder as -errno; -EXDEV where the store cannot be used.
  [[nodiscard]] int find();
  // Whether a file of this mode and of so many bytes may be put there: `reserve` is left free, and what has an x bit
  // can be executed.
  [[nodiscard]] bool has_room(mode_t mode, std::uint64_t size = 0) const;

  // Calls `make(path of the RAM file)`, which gives -errno or what is not negative, with one name after the other until
  // it gives something else than -EEXIST; the RAM directory is made where it is missing. Gives what `make` gave.
  // -EEXIST, too, where a companion that was made from outside stands at ram(): see store/companion.hpp.
  template <class Make>
  [[nodiscard]] int settle(const Make& make) {
    int result = -EEXIST;
    for (unsigned attempt = 0; result == -EEXIST && !is_made_from_outside_ && attempt < most_attempts; ++attempt) {
      choose_name(attempt);
      result = make_at_name(make);
      if (result == -EEXIST) is_made_from_outside_ = is_companion_from_outside();
    }
    return result;
  }
  // The same with the place of a RAM file that is gone, and no other.
  template <class Make>
  [[nodiscard]] int settle_at(const RamPath& ram, const Make& make) {
    ram_ = ram;
    return make_at_name(make);
  }

  [[nodiscard]] bool is_made_from_outside() const { return is_made_from_outside_; }

  // After settle(): puts the link to the RAM file at `at`, its record first where the name does not tell. 0 or -errno.
  // 0, too, if somebody else has just put that very link there: who takes our companion for one from outside does.
  [[nodiscard]] int publish();
  // Takes the RAM file back, and its record.
  void withdraw() const;

  // A setgid folder gives its group to what is made in it. 0 or -errno.
  [[nodiscard]] int give_group(int fd) const { return store::give_group(folder_, fd); }

  [[nodiscard]] const RamPath& ram() const { return ram_; }
  [[nodiscard]] const Store& store() const { return store_; }
  [[nodiscard]] const kernel::Status& folder() const { return folder_; }
  // Whether directory and name are those that the path itself calls for.
  [[nodiscard]] bool is_home() const { return ram_.view() == home_.view(); }

 private:
  static constexpr unsigned most_attempts = 24;

  template <class Make>
  int make_at_name(const Make& make) {
    if (!note_home()) return -ENOSPC;  // what is in RAM has to be found again
    const int result = make(ram_.c_str());
    return result == -ENOENT && make_ram_directory() ? make(ram_.c_str()) : result;
  }
  void choose_name(unsigned attempt);
  [[nodiscard]] bool move_beside_database();
  [[nodiscard]] bool is_companion_from_outside() const;
  void stand_in(unsigned attempt);
  [[nodiscard]] bool make_ram_directory() const;
  [[nodiscard]] bool note_home() const;

  const Settings& settings_;
  At at_;
  kernel::Status folder_{};
  Store store_;
  RamPath home_;
  RamPath ram_;
  bool is_made_from_outside_ = false;
};

}  // namespace memfile::store
