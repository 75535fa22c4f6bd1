package dev.sightline.server;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import dev.sightline.model.store.HeapRoom;
import dev.sightline.model.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The heap of this process: scarce while, after the latest collection, what was still taken and
/// what is promised to others came to more than four fifths of it.
///
/// The rest is for calls, queries and answers, and for what is created between two collections.
/// What a collection of the young leaves may hold old garbage too; the collector starts to look for
/// that long before (at under half of the heap).
final class TakenHeap implements HeapRoom {
  private static final double SCARCE = 0.8;
  private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Clock clock;
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(pool -> pool.getName())
          .collect(Collectors.toUnmodifiableSet());
  private final long scarceBytes;

  // Both change together only roughly: who comes between them sees what was known 20 ms ago.
  private volatile boolean scarce;
  private volatile long lookedNs;

  /// @param promisedBytes what those that ask nobody may come to take, each within a bound of its
  ///   own
  TakenHeap(Clock clock, long promisedBytes) {
    this.clock = clock;
    this.scarceBytes = (long) (Runtime.getRuntime().maxMemory() * SCARCE) - promisedBytes;
    this.lookedNs = clock.monotonicNs() - LOOK_AGAIN_NS;
  }

  @Override
  public boolean isScarce() {
    long nowNs = clock.monotonicNs();
    if (nowNs - lookedNs >= LOOK_AGAIN_NS) {
      lookedNs = nowNs;
      scarce = takenAfterCollection() > scarceBytes;
    }
    return scarce;
  }

  private long takenAfterCollection() {
    long endedMs = -1;
    long bytes = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      GcInfo latest = collector.getLastGcInfo();
      if (latest != null && latest.getEndTime() > endedMs) {
        endedMs = latest.getEndTime();
        bytes = heapAfter(latest);
      }
    }
    return bytes;
  }

  private long heapAfter(GcInfo collection) {
    return collection.getMemoryUsageAfterGc().entrySet().stream()
        .filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
