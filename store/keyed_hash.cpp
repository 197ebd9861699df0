#include "store/keyed_hash.hpp"

#include <bit>
#include <cstring>

namespace memfile::store {

namespace {

class SipState {
 public:
  explicit SipState(const HashKey& key)
      : a_(key.low ^ 0x736f6d6570736575U),
        b_(key.high ^ 0x646f72616e646f6dU),
        c_(key.low ^ 0x6c7967656e657261U),
        d_(key.high ^ 0x7465646279746573U) {}

  void absorb(std::uint64_t word) {
    d_ ^= word;
    rounds(2);
    a_ ^= word;
  }

  std::uint64_t finish() {
    c_ ^= 0xff;
    rounds(4);
    return a_ ^ b_ ^ c_ ^ d_;
  }

 private:
  void rounds(int count) {
    for (; count > 0; --count) {
      a_ += b_;
      b_ = std::rotl(b_, 13) ^ a_;
      a_ = std::rotl(a_, 32);
      c_ += d_;
      d_ = std::rotl(d_, 16) ^ c_;
      a_ += d_;
      d_ = std::rotl(d_, 21) ^ a_;
      c_ += b_;
      b_ = std::rotl(b_, 17) ^ c_;
      c_ = std::rotl(c_, 32);
    }
  }

  std::uint64_t a_, b_, c_, d_;
};

std::uint64_t little_endian(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < count; ++i)
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return word;
}

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

std::uint64_t keyed_hash(const HashKey& key, std::string_view bytes) {
  SipState state(key);
  std::size_t done = 0;
  for (; done + 8 <= bytes.size(); done += 8) state.absorb(little_endian(bytes.data() + done, 8));
  const std::uint64_t length = static_cast<std::uint64_t>(bytes.size() & 0xff) << 56;
  state.absorb(length | little_endian(bytes.data() + done, bytes.size() - done));
  return state.finish();
}

void to_base32(std::uint64_t value, std::span<char> characters) {
  for (char& character : characters) {
    character = alphabet[value & 31];
    value >>= 5;
  }
}

bool from_base32(std::string_view characters, std::uint64_t& value) {
  value = 0;
  unsigned shift = 0;
  for (const char character : characters) {
    const std::size_t digit = alphabet.find(character);
    if (digit == std::string_view::npos) return false;
    value |= static_cast<std::uint64_t>(digit) << shift;
    shift += 5;
  }
  return true;
}

}  // namespace memfile::store
