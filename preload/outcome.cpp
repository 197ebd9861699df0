#include "preload/outcome.hpp"

#include <cerrno>

#include "preload/log.hpp"
#include "preload/session.hpp"
#include "store/descriptor.hpp"
#include "store/kernel.hpp"
#include "store/linking.hpp"
#include "store/look.hpp"
#include "store/record.hpp"

namespace memfile::preload {

namespace {

std::string_view why_on_disk(const Ruling& ruling, Detour detour) {
  if (ruling.follows_database) return ": its database is there";
  if (!ruling.is_ram) return "";
  switch (detour) {
    case Detour::none:
      break;
    case Detour::no_room:
      return ": the store has no room for such a file";
    case Detour::refused:
      return ": the store did not take it";
    case Detour::in_use:
      return ": somebody has it open, or it has another name";
    case Detour::other_name:
      return ": it is another name of a file there";
  }
  return ": it was there already";
}

std::string_view why_in_ram(store::At at, const Ruling& ruling) {
  store::RamPath ram;
  if (ruling.is_ram) return "";
  const bool is_owed = store::look(at, ram) == store::Standing::memfile && store::is_owed(ram);
  return is_owed ? ": it is owed to the disk" : ": it was there already";
}

__attribute__((noinline)) void log_place(const Session& session, const char* call, store::At at, Detour detour) {
  const Ruling ruling = session.ruling(at);
  if (ruling.rule == config::Decision::no_rule) return;
  const store::Descriptor file(kernel::openat(at.dirfd, at.path, O_PATH | O_CLOEXEC));
  if (file.get() < 0) return;
  const bool is_in_ram = store::is_in_store(session.store(), file.get());
  log_decision(call, at.path, is_in_ram, ruling.rule, is_in_ram ? why_in_ram(at, ruling) : why_on_disk(ruling, detour));
}

}  // namespace

Detour detour_of(store::Created outcome) {
  switch (outcome) {
    case store::Created::memfile:
    case store::Created::exists:
      break;
    case store::Created::no_room:
      return Detour::no_room;
    case store::Created::refused:
      return Detour::refused;
  }
  return Detour::none;
}

Detour detour_of(const store::Transfer& transfer) {
  switch (transfer.outcome) {
    case store::Transferred::done:
      break;
    case store::Transferred::busy:
      return Detour::in_use;
    case store::Transferred::failed:
      return transfer.error == ENOSPC ? Detour::no_room : Detour::refused;
  }
  return Detour::none;
}

void log_outcome(const char* call, store::At at, Detour detour) {
  const Session* session = is_logging() ? Session::get() : nullptr;
  if (session != nullptr) log_place(*session, call, at, detour);
}

}  // namespace memfile::preload
