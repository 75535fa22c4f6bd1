package dev.sightline.server;

import dev.sightline.model.store.HeapRoom;
import dev.sightline.model.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The heap of this process: scarce once the pools of what has survived collections take three
/// quarters of it.
///
/// The collector starts to look for garbage in them long before (at under half of the heap), so what
/// fills them so far is mostly alive. The quarter that is left is for calls, queries and answers.
final class TakenHeap implements HeapRoom {
  private static final double SCARCE = 0.75;
  private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Clock clock;
  private final List<MemoryPoolMXBean> pools;
  private final long scarceBytes;

  /// Both change together only roughly; whoever comes between them sees what was known 50 ms ago.
  private volatile boolean scarce;

  private volatile long lookedNs;

  TakenHeap(Clock clock) {
    this.clock = clock;
    this.pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && isOld(pool.getName()))
            .toList();
    this.scarceBytes = (long) (Runtime.getRuntime().maxMemory() * SCARCE);
    this.lookedNs = clock.monotonicNs() - LOOK_AGAIN_NS;
  }

  private static boolean isOld(String pool) {
    return pool.contains("Old") || pool.contains("Tenured") || pool.equals("ZHeap");
  }

  @Override
  public boolean isScarce() {
    long nowNs = clock.monotonicNs();
    if (nowNs - lookedNs >= LOOK_AGAIN_NS) {
      lookedNs = nowNs;
      long taken = 0;
      for (MemoryPoolMXBean pool : pools) {
        taken += pool.getUsage().getUsed();
      }
      scarce = taken > scarceBytes;
    }
    return scarce;
  }
}
