package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How large one prediction or truth may be, and how far its time may lie from now.
final class RowLimits {
  static final int MAX_ROW_BYTES = 256 << 10;
  static final int MAX_FEATURES = 2_000;
  static final int MAX_TAGS = 100;
  static final int MAX_NAME_LENGTH = 256;
  static final long MAX_AHEAD_MS = 600_000;

  private static final String TOO_DEEP = "a value that is nested deeper than 64 levels";

  /// Names that do not survive UTF-8 would be others after a restart.
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

  private final long oldestMs;
  private final long newestMs;
  private final String retention;

  RowLimits(long nowMs, PredictionStoreOptions options) {
    this.oldestMs = nowMs - options.retention().toMillis();
    this.newestMs = nowMs + MAX_AHEAD_MS;
    this.retention = inWords(options.retention());
  }

  /// @param encodedBytes 0 where a value is nested too deeply to be encoded
  /// @return what is wrong, in the user's words; null if nothing is
  @Nullable String objection(Prediction prediction, int encodedBytes) {
    String name = nameObjection(prediction.model(), prediction.id());
    if (name != null) {
      return name;
    }
    if (prediction.version().length() > MAX_NAME_LENGTH) {
      return "version of "
          + prediction.version().length()
          + " characters, the limit is "
          + MAX_NAME_LENGTH;
    }
    if (prediction.features().size() > MAX_FEATURES) {
      return prediction.features().size() + " features, the limit is " + MAX_FEATURES;
    }
    if (prediction.tags().size() > MAX_TAGS) {
      return prediction.tags().size() + " tags, the limit is " + MAX_TAGS;
    }
    if (encodedBytes == 0) {
      return TOO_DEEP;
    }
    return encodedBytes > MAX_ROW_BYTES
        ? tooLarge(encodedBytes)
        : timeObjection(prediction.timeMs());
  }

  /// @param encodedBytes as above
  /// @return what is wrong, in the user's words; null if nothing is
  @Nullable String objection(GroundTruth truth, int encodedBytes) {
    String name = nameObjection(truth.model(), truth.predictionId());
    if (name != null) {
      return name;
    }
    if (encodedBytes == 0) {
      return TOO_DEEP;
    }
    return encodedBytes > MAX_ROW_BYTES ? tooLarge(encodedBytes) : timeObjection(truth.timeMs());
  }

  private @Nullable String nameObjection(String model, String id) {
    if (!encoder.canEncode(model) || !encoder.canEncode(id)) {
      return "model name or id with half a character (a lone surrogate)";
    }
    if (model.length() > MAX_NAME_LENGTH) {
      return "model name of " + model.length() + " characters, the limit is " + MAX_NAME_LENGTH;
    }
    if (id.length() > MAX_NAME_LENGTH) {
      return "id of " + id.length() + " characters, the limit is " + MAX_NAME_LENGTH;
    }
    return null;
  }

  private @Nullable String timeObjection(long timeMs) {
    if (timeMs > newestMs) {
      return "time " + timeMs + " lies more than 10 minutes in the future";
    }
    return timeMs < oldestMs
        ? "time " + timeMs + " is older than the retention of " + retention
        : null;
  }

  private static String inWords(Duration retention) {
    long hours = retention.toHours();
    return hours % 24 == 0 ? hours / 24 + " days" : hours + " hours";
  }

  private static String tooLarge(int bytes) {
    return "row of " + bytes + " bytes, the limit is " + MAX_ROW_BYTES;
  }
}
