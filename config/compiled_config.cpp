#include "config/compiled_config.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace memfile::config {
namespace {

constexpr std::uint64_t compiled_magic = 0x6769666E6F63A7A7U;
constexpr std::uint32_t compiled_version = 1;
constexpr std::int64_t slowest_tick = 2'000'000'000;

// Between what stands in a key or a list of folders: no path has it.
constexpr char separator = '\0';

}  // namespace

// `size` bytes from `first` on; a text's NUL stands behind them.
struct CompiledConfig::Piece {
  std::uint32_t first;
  std::uint32_t size;
};

struct CompiledConfig::Header {
  std::uint64_t magic;
  std::uint32_t version;
  std::uint32_t size;  // of all the bytes
  FileState file_state;
  std::int64_t made;  // before any folder was looked at
  std::uint64_t reserve;
  std::uint32_t has_reserve;
  std::uint32_t is_transparent;
  std::uint32_t folder_count;  // all of them; `folders` is empty where they are too many
  std::uint32_t unused;
  Piece key;  // Provenance::key()
  Piece file;
  Piece store;
  Piece folders;  // FOLDER NUL RESOLVED NUL ...
  Piece table;
};

bool FileState::is_settled(std::int64_t now) const { return changed + slowest_tick <= now; }

std::string Provenance::key() const {
  return surroundings.file + separator + surroundings.base + separator + surroundings.home + separator + build;
}

std::vector<std::byte> compile(const Config& config, const Provenance& provenance, std::int64_t now,
                               const Resolve& resolve) {
  CompiledConfig::Header header{};
  std::string folders;
  const std::vector<std::byte> table = compile(config, [&](const std::string& folder) {
    std::string resolved = resolve(folder);
    if (++header.folder_count <= max_checked_folders) folders += folder + separator + resolved + separator;
    return resolved;
  });
  if (header.folder_count > max_checked_folders) folders.clear();

  std::vector<std::byte> bytes(sizeof header);
  const auto append = [&bytes](const void* piece, std::size_t size) -> CompiledConfig::Piece {
    const std::size_t first = bytes.size();
    // At least one NUL, and the next piece aligned.
    bytes.resize((first + size + sizeof(std::uint64_t)) / sizeof(std::uint64_t) * sizeof(std::uint64_t));
    if (size != 0) std::memcpy(bytes.data() + first, piece, size);
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(size)};
  };
  const std::string key = provenance.key();
  header.key = append(key.data(), key.size());
  header.file = append(config.file.data(), config.file.size());
  header.store = append(config.store.data(), config.store.size());
  header.folders = append(folders.data(), folders.size());
  header.table = append(table.data(), table.size());
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max()) return {};
  header.magic = compiled_magic;
  header.version = compiled_version;
  header.size = static_cast<std::uint32_t>(bytes.size());
  header.file_state = provenance.file;
  header.made = now;
  header.reserve = config.reserve.value_or(0);
  header.has_reserve = config.reserve ? 1 : 0;
  header.is_transparent = config.transparent ? 1 : 0;
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

CompiledConfig::CompiledConfig(std::span<const std::byte> bytes) : bytes_(bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
  const bool has_header = bytes.size() >= sizeof(Header) && address % alignof(Header) == 0;
  const bool is_whole = has_header && header().magic == compiled_magic && header().version == compiled_version &&
                        header().size == bytes.size() && are_pieces_inside() && table().is_valid();
  if (!is_whole) bytes_ = {};
}

const CompiledConfig::Header& CompiledConfig::header() const { return *reinterpret_cast<const Header*>(bytes_.data()); }

bool CompiledConfig::are_pieces_inside() const {
  for (const Piece piece : {header().key, header().file, header().store, header().folders, header().table}) {
    if (piece.first >= bytes_.size() || piece.size >= bytes_.size() - piece.first) return false;
    if (bytes_[piece.first + piece.size] != std::byte{0}) return false;
  }
  return true;
}

std::string_view CompiledConfig::text(Piece piece) const {
  return {reinterpret_cast<const char*>(bytes_.data()) + piece.first, piece.size};
}

bool CompiledConfig::is_current(const Provenance& provenance, std::int64_t now, const Resolve& resolve) const {
  if (header().file_state != provenance.file || text(header().key) != provenance.key()) return false;
  if (header().folder_count > max_checked_folders) {
    return header().made <= now && now - header().made < folders_believed;
  }
  return are_folders_the_same(resolve);
}

bool CompiledConfig::are_folders_the_same(const Resolve& resolve) const {
  std::string_view rest = text(header().folders);
  const auto next = [&rest] {
    const std::string_view one = rest.substr(0, rest.find(separator));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    return one;
  };
  while (!rest.empty()) {
    const std::string folder(next());
    if (resolve(folder) != next()) return false;
  }
  return true;
}

Table CompiledConfig::table() const { return Table(bytes_.subspan(header().table.first, header().table.size)); }

const char* CompiledConfig::store() const { return text(header().store).data(); }

const char* CompiledConfig::file() const { return text(header().file).data(); }

bool CompiledConfig::is_transparent() const { return header().is_transparent != 0; }

std::optional<std::uint64_t> CompiledConfig::reserve() const {
  if (header().has_reserve == 0) return {};
  return header().reserve;
}

}  // namespace memfile::config
