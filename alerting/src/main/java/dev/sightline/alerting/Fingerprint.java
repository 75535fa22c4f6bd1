package dev.sightline.alerting;

import dev.sightline.model.label.Labels;
import java.nio.charset.StandardCharsets;

/// The number by which Alertmanager and its clients know a set of labels: FNV-1a in 64 bits over
/// each name and value in the order of names, the byte 0xFF behind each.
public final class Fingerprint {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fingerprint() {}

  public static long of(Labels labels) {
    long hash = OFFSET;
    for (int i = 0; i < labels.size(); i++) {
      hash = add(add(hash, labels.name(i)), labels.value(i));
    }
    return hash;
  }

  /// Sixteen hexadecimal digits.
  public static String text(Labels labels) {
    return "%016x".formatted(of(labels));
  }

  private static long add(long before, String text) {
    long hash = before;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * PRIME;
    }
    return (hash ^ 0xff) * PRIME;
  }
}
