package dev.sightline.gateway.capture;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all copies of calls together may hold.
public final class CopyBudget {
  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  public CopyBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /// @return whether the memory was granted
  public boolean take(long bytes) {
    if (usedBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    usedBytes.addAndGet(-bytes);
    return false;
  }

  public void giveBack(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  long usedBytes() {
    return usedBytes.get();
  }
}
