// Cancellation of threads. A call that is a cancellation point in libc is one here, too: tested on entry, and not once
// there is something that a thread which ends would leave behind.
#pragma once
#include <pthread.h>

namespace memfile::preload {

// While it is in scope the thread is not cancelled. Not around what may never come back, as exec.
class Uncancelled {
 public:
  Uncancelled() { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &former_); }
  ~Uncancelled() { pthread_setcancelstate(former_, nullptr); }
  Uncancelled(const Uncancelled&) = delete;
  Uncancelled& operator=(const Uncancelled&) = delete;

 private:
  int former_ = PTHREAD_CANCEL_ENABLE;
};

}  // namespace memfile::preload
