#include "preload/objects.hpp"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <dlfcn.h>
#include <gnu/lib-names.h>
#include <link.h>
#include <string_view>

namespace memfile::preload {

namespace {

// What stands behind us, from here to libc. Was there before the program ran, and so is never unloaded.
constinit std::atomic<const link_map*> first_behind{nullptr};

bool is_libc(const link_map& object) {
  const std::string_view path = object.l_name;
  return path.substr(path.rfind('/') + 1) == LIBC_SO;
}

std::uint32_t hash_of(const char* name) {
  std::uint32_t hash = 5381;
  for (; *name != '\0'; ++name) hash = hash * 33 + static_cast<unsigned char>(*name);
  return hash;
}

// The dynamic symbols of an object, by the table that the linker made to find them (DT_GNU_HASH).
class DynamicSymbols {
 public:
  explicit DynamicSymbols(const link_map& object) : object_(object) {
    for (const ElfW(Dyn)* entry = object.l_ld; entry->d_tag != DT_NULL; ++entry) {
      if (entry->d_tag == DT_GNU_HASH) hash_table_ = at<std::uint32_t>(entry->d_un.d_ptr);
      if (entry->d_tag == DT_SYMTAB) symbols_ = at<ElfW(Sym)>(entry->d_un.d_ptr);
      if (entry->d_tag == DT_STRTAB) names_ = at<char>(entry->d_un.d_ptr);
      if (entry->d_tag == DT_VERSYM) versions_ = at<ElfW(Half)>(entry->d_un.d_ptr);
    }
  }

  [[nodiscard]] bool can_be_searched() const {
    return hash_table_ != nullptr && symbols_ != nullptr && names_ != nullptr;
  }

  // The definition that dlsym() gives: the version that is the default. nullptr if there is none.
  [[nodiscard]] const ElfW(Sym) * find(const char* name, std::uint32_t hash) const {
    const std::uint32_t bucket_count = hash_table_[0];
    const std::uint32_t first_symbol = hash_table_[1];
    const std::uint32_t bloom_size = hash_table_[2];
    const auto* bloom = reinterpret_cast<const ElfW(Addr)*>(hash_table_ + 4);
    const auto* buckets = reinterpret_cast<const std::uint32_t*>(bloom + bloom_size);
    const std::uint32_t* chain = buckets + bucket_count;
    if (bucket_count == 0 || !may_have(bloom, bloom_size, hash)) return nullptr;
    std::uint32_t index = buckets[hash % bucket_count];
    if (index < first_symbol) return nullptr;
    for (;; ++index) {
      const std::uint32_t other = chain[index - first_symbol];
      if ((other | 1U) == (hash | 1U) && is_definition(index, name)) return symbols_ + index;
      if ((other & 1U) != 0) return nullptr;
    }
  }

 private:
  // ld.so adds the object's place to these addresses on most architectures, but not in sections that it may not write.
  template <class Value>
  [[nodiscard]] const Value* at(ElfW(Addr) address) const {
    return reinterpret_cast<const Value*>(address < object_.l_addr ? object_.l_addr + address : address);
  }

  [[nodiscard]] bool may_have(const ElfW(Addr) * bloom, std::uint32_t size, std::uint32_t hash) const {
    constexpr std::uint32_t bits = sizeof(ElfW(Addr)) * 8;
    if (size == 0) return false;
    const ElfW(Addr) word = bloom[hash / bits % size];
    return (word >> hash % bits & word >> (hash >> hash_table_[3]) % bits & 1U) != 0;
  }

  [[nodiscard]] bool is_definition(std::uint32_t index, const char* name) const {
    constexpr ElfW(Half) hidden = 0x8000;  // an older version than the default
    const ElfW(Sym)& symbol = symbols_[index];
    const bool is_hidden = versions_ != nullptr && (versions_[index] & hidden) != 0;
    return symbol.st_shndx != SHN_UNDEF && symbol.st_value != 0 && !is_hidden &&
           std::strcmp(names_ + symbol.st_name, name) == 0;
  }

  const link_map& object_;
  const std::uint32_t* hash_table_ = nullptr;
  const ElfW(Sym) * symbols_ = nullptr;
  const char* names_ = nullptr;
  const ElfW(Half) * versions_ = nullptr;
};

// nullptr where that cannot be told here. An indirect function chooses its address when it is asked: by ld.so.
void* search(const link_map* object, const char* name) {
  const std::uint32_t hash = hash_of(name);
  for (; object != nullptr; object = object->l_next) {
    const DynamicSymbols symbols(*object);
    if (!symbols.can_be_searched()) return nullptr;
    const ElfW(Sym)* found = symbols.find(name, hash);
    if (found != nullptr) {
      const unsigned char type = ELF64_ST_TYPE(found->st_info);
      return type == STT_FUNC ? reinterpret_cast<void*>(object->l_addr + found->st_value) : nullptr;
    }
    if (is_libc(*object)) return nullptr;
  }
  return nullptr;
}

}  // namespace

void learn_objects() {
  const link_map* object = _r_debug.r_map;
  // Each object has its own _DYNAMIC, and this one is ours.
  while (object != nullptr && object->l_ld != _DYNAMIC) object = object->l_next;
  if (object == nullptr) return;
  const link_map* const behind = object->l_next;
  for (object = behind; object != nullptr; object = object->l_next) {
    if (is_libc(*object)) return first_behind.store(behind, std::memory_order_relaxed);
  }
}

void* find_next(const char* name) {
  void* found = search(first_behind.load(std::memory_order_relaxed), name);
  return found != nullptr ? found : dlsym(RTLD_NEXT, name);
}

}  // namespace memfile::preload
