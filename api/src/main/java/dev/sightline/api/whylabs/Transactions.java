package dev.sightline.api.whylabs;

import dev.sightline.model.time.Clock;
import dev.sightline.quality.profile.Uploads.Sent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Uploads that count together or not at all. They wait in memory, and do not outlive the process.
///
/// Safe for any number of threads.
final class Transactions {
  private static final long VALID_MS = Duration.ofHours(1).toMillis();
  private static final int MOST = 100;

  /// Of all transactions.
  private static final long MOST_BYTES = 128L << 20;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  // guarded by this
  private final Map<String, Open> open = new LinkedHashMap<>();
  private long bytes;

  Transactions(Clock clock) {
    this.clock = clock;
  }

  /// One transaction.
  ///
  /// @param untilMs when it is given up, Unix milliseconds
  record Open(String id, String model, long untilMs, List<Sent> sent, List<Long> sizes) {}

  /// @return null where there are too many
  synchronized @Nullable Open start(String model) {
    long nowMs = clock.nowMs();
    List.copyOf(open.values()).stream()
        .filter(each -> each.untilMs() < nowMs)
        .forEach(each -> end(each.id()));
    if (open.size() >= MOST) {
      return null;
    }
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    String id = HexFormat.of().formatHex(secret);
    Open started = new Open(id, model, nowMs + VALID_MS, new ArrayList<>(), new ArrayList<>());
    open.put(id, started);
    return started;
  }

  /// @return null where there is none, or its time is over
  synchronized @Nullable Open find(String id) {
    Open found = open.get(id);
    return found == null || found.untilMs() < clock.nowMs() ? null : found;
  }

  /// @return whether there was room, and the transaction
  synchronized boolean add(String id, Sent sent, long size) {
    Open found = find(id);
    if (found == null || bytes + size > MOST_BYTES) {
      return false;
    }
    bytes += size;
    found.sent().add(sent);
    found.sizes().add(size);
    return true;
  }

  /// Forgets it.
  ///
  /// @return what was sent, or null where there was no such transaction
  synchronized @Nullable List<Sent> end(String id) {
    Open ended = open.remove(id);
    if (ended == null) {
      return null;
    }
    ended.sizes().forEach(size -> bytes -= size);
    return List.copyOf(ended.sent());
  }
}
