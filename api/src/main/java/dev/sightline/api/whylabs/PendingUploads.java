package dev.sightline.api.whylabs;

import dev.sightline.model.time.Clock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Addresses that were given out for uploads, each known only to whom it was given: whoever has it
/// may upload there once. They do not outlive the process.
///
/// Safe for any number of threads.
final class PendingUploads {
  private static final long VALID_MS = Duration.ofHours(1).toMillis();
  private static final int MOST = 20_000;
  private static final int SECRET_BYTES = 20;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  // guarded by this; oldest first
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  PendingUploads(Clock clock) {
    this.clock = clock;
  }

  /// What an upload is for.
  ///
  /// @param timeMs of its rows, as the sender says, Unix milliseconds
  /// @param tags of its segment
  /// @param reference name of the reference that it becomes; empty for none
  /// @param transaction that it is part of; empty for none
  record Purpose(
      String model, long timeMs, Map<String, String> tags, String reference, String transaction) {
    Purpose {
      tags = Map.copyOf(tags);
    }
  }

  /// One address.
  static final class Pending {
    private final Purpose purpose;
    private final long untilMs;
    private boolean done;

    private Pending(Purpose purpose, long untilMs) {
      this.purpose = purpose;
      this.untilMs = untilMs;
    }

    Purpose purpose() {
      return purpose;
    }

    /// Takes it in, unless that is done: a client that did not hear of it sends it again.
    synchronized void once(Runnable take) {
      if (!done) {
        take.run();
        done = true;
      }
    }
  }

  /// @return the secret part of the address
  synchronized String open(Purpose purpose) {
    long nowMs = clock.nowMs();
    pending.values().removeIf(each -> each.untilMs < nowMs);
    while (pending.size() >= MOST) {
      pending.remove(pending.keySet().iterator().next());
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String id = HexFormat.of().formatHex(secret);
    pending.put(id, new Pending(purpose, nowMs + VALID_MS));
    return id;
  }

  /// @return null where there is none, or it is no longer valid
  synchronized @Nullable Pending find(String id) {
    Pending found = pending.get(id);
    return found == null || found.untilMs < clock.nowMs() ? null : found;
  }
}
