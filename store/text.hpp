// Text of bounded size on the stack: what paths and log lines are built in where no heap may be used.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace memfile::store {

// Always ends with a NUL byte. Text that does not fit is cut and remembered: is_cut().
template <std::size_t Capacity>
class Text {
 public:
  Text() { bytes_[0] = '\0'; }

  Text& operator<<(std::string_view piece) {
    const std::size_t room = Capacity - 1 - size_;
    is_cut_ = is_cut_ || piece.size() > room;
    const std::size_t count = piece.size() < room ? piece.size() : room;
    std::memcpy(bytes_ + size_, piece.data(), count);
    size_ += count;
    bytes_[size_] = '\0';
    return *this;
  }

  Text& operator<<(char byte) { return *this << std::string_view(&byte, 1); }

  Text& operator<<(std::uint64_t number) {
    char digits[20];
    std::size_t first = sizeof digits;
    do digits[--first] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    return *this << std::string_view(digits + first, sizeof digits - first);
  }

  void cut_to(std::size_t size) {
    if (size < size_) bytes_[size_ = size] = '\0';
  }

  // For a system call that fills the buffer: at most capacity() bytes, then take(how many).
  [[nodiscard]] char* buffer() { return bytes_; }
  [[nodiscard]] static constexpr std::size_t capacity() { return Capacity - 1; }
  void take(std::size_t size) { bytes_[size_ = size] = '\0'; }

  [[nodiscard]] const char* c_str() const { return bytes_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  [[nodiscard]] std::string_view view() const { return {bytes_, size_}; }

 private:
  std::size_t size_ = 0;
  bool is_cut_ = false;
  char bytes_[Capacity];
};

}  // namespace memfile::store
