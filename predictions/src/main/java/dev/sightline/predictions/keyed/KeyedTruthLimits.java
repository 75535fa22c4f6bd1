package dev.sightline.predictions.keyed;

import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.predictions.record.RecordCodec;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How large a truth by key may be, and how far its time may lie from now.
final class KeyedTruthLimits {
  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_VALUE_LENGTH = 1_024;
  private static final int MAX_BYTES = 16 << 10;
  private static final long MAX_AHEAD_MS = 600_000;

  private KeyedTruthLimits() {}

  /// @return what is wrong, in the user's words; null if nothing is
  static @Nullable String objection(WaitingTruth waiting, long nowMs, Duration retention) {
    KeyedTruth truth = waiting.truth();
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    if (!encoder.canEncode(truth.model()) || truth.model().length() > MAX_NAME_LENGTH) {
      return "model name of more than " + MAX_NAME_LENGTH + " characters, or with half a character";
    }
    for (Map.Entry<String, String> one : truth.key().entrySet()) {
      if (one.getKey().length() > MAX_NAME_LENGTH || one.getValue().length() > MAX_VALUE_LENGTH) {
        return "key: a name of more than %d characters, or a value of more than %d"
            .formatted(MAX_NAME_LENGTH, MAX_VALUE_LENGTH);
      }
      if (!encoder.canEncode(one.getKey()) || !encoder.canEncode(one.getValue())) {
        return "key: half a character (a lone surrogate)";
      }
    }
    if (RecordCodec.isTooDeep(waiting.of("x"))) {
      return "value: nested deeper than 64 levels";
    }
    if (KeyedTruthCodec.encode(waiting).length > MAX_BYTES) {
      return "truth by key of more than " + MAX_BYTES + " bytes";
    }
    if (waiting.knownMs() > nowMs + MAX_AHEAD_MS) {
      return "time " + waiting.knownMs() + " lies more than 10 minutes in the future";
    }
    return waiting.knownMs() < nowMs - retention.toMillis()
        ? "time "
            + waiting.knownMs()
            + " is older than the retention of "
            + retention.toDays()
            + " days"
        : null;
  }
}
