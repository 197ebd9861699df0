#include "preload/debts.hpp"

#include <atomic>
#include <cerrno>

#include "preload/session.hpp"
#include "store/owed.hpp"
#include "store/record.hpp"

namespace memfile::preload {

namespace {

constinit std::atomic<bool> owes{false};

// What is still open now (a stream that libc flushes last) stays owed, until a process that owes something ends, or the
// file is renamed anew.
__attribute__((destructor)) void pay() {
  const Session* session = Session::get();
  if (session == nullptr || !owes.load(std::memory_order_relaxed)) return;
  store::Store store;
  if (store::Store::open(session->store(), kernel::geteuid(), store::IfMissing::fail, store)) store::save_owed(store);
}

}  // namespace

void owe(const store::RamPath& ram, store::At at) {
  store::note_owed(ram, at);
  owes.store(true, std::memory_order_relaxed);
}

}  // namespace memfile::preload
