package dev.sightline.gateway;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all copies of calls together may hold.
final class CopyBudget {
  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  CopyBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /// @return whether the memory was granted
  boolean take(long bytes) {
    if (usedBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    usedBytes.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  long usedBytes() {
    return usedBytes.get();
  }
}
