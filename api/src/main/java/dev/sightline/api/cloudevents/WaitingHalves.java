package dev.sightline.api.cloudevents;

import dev.sightline.model.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Halves of calls whose other half has not come yet, in memory: so many bytes of them, and not for
/// long.
///
/// Safe for any number of threads.
final class WaitingHalves {
  private static final long MAX_BYTES = 64L << 20;
  private static final long PATIENCE_NS = 600_000_000_000L;
  private static final int OVERHEAD_BYTES = 300;

  private final Clock clock;
  private final Runnable lost;

  // guarded by this
  private final Map<Key, Waiting> oldestFirst = new LinkedHashMap<>();
  private long bytes;

  private record Key(String model, String id) {}

  private record Waiting(CloudEvent event, long sinceNs) {
    long bytes() {
      return (long) event.body().length + OVERHEAD_BYTES;
    }
  }

  /// @param lost told of each half that is forgotten
  WaitingHalves(Clock clock, Runnable lost) {
    this.clock = clock;
    this.lost = lost;
  }

  /// @return the other half; null if this one waits for it now. The same half again takes the place
  ///   of the first
  synchronized @Nullable CloudEvent meet(CloudEvent event) {
    forgetOld();
    Key key = new Key(event.model(), event.id());
    Waiting there = oldestFirst.remove(key);
    if (there != null) {
      bytes -= there.bytes();
      if (there.event.half() != event.half()) {
        return there.event;
      }
    }
    Waiting waiting = new Waiting(event, clock.monotonicNs());
    oldestFirst.put(key, waiting);
    bytes += waiting.bytes();
    return null;
  }

  /// Puts back a half that was not stored after all.
  synchronized void restore(CloudEvent event) {
    var _ = meet(event);
  }

  private void forgetOld() {
    long nowNs = clock.monotonicNs();
    Iterator<Waiting> oldest = oldestFirst.values().iterator();
    while (oldest.hasNext()) {
      Waiting one = oldest.next();
      if (bytes <= MAX_BYTES && nowNs - one.sinceNs <= PATIENCE_NS) {
        return;
      }
      oldest.remove();
      bytes -= one.bytes();
      lost.run();
    }
  }
}
