package dev.sightline.api.prometheus;

import dev.sightline.alerting.state.ActiveAlert;
import dev.sightline.alerting.state.GroupStatus.Health;
import dev.sightline.api.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/// An alert as Prometheus's API writes it.
final class AlertJson {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private AlertJson() {}

  static void write(JsonWriter json, ActiveAlert alert) {
    json.beginObject().name("labels");
    Envelope.labels(json, alert.labels());
    json.name("annotations");
    Envelope.labels(json, alert.annotations());
    json.name("state").value(alert.phase().name().toLowerCase(Locale.ROOT));
    json.name("activeAt").value(time(alert.activeAtMs()));
    if (alert.keptSinceMs() != 0) {
      json.name("keepFiringSince").value(time(alert.keptSinceMs()));
    }
    json.name("value").value(scientific(alert.value())).endObject();
  }

  /// @param timestampMs 0 for never
  static String time(long timestampMs) {
    return timestampMs == 0 ? NEVER : Instant.ofEpochMilli(timestampMs).toString();
  }

  static String word(Health health) {
    return health.name().toLowerCase(Locale.ROOT);
  }

  /// The shortest digits with an exponent in any case: `1e+00`.
  static String scientific(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return (1 / value < 0 ? "-" : "") + "0e+00";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
