package dev.sightline.wire.exposition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What kind of metrics a family holds, as its `TYPE` line says.
public enum FamilyType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGEHISTOGRAM,
  SUMMARY,
  INFO,
  STATESET,
  UNKNOWN;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// As metadata shows it: in small letters.
  public String word() {
    return word;
  }

  /// @return the type that `word` names in `format`, or null; only text says `untyped`, only
  ///   OpenMetrics `unknown`
  static @Nullable FamilyType of(String word, ExpositionFormat format) {
    boolean open = format == ExpositionFormat.OPEN_METRICS;
    return switch (word) {
      case "counter" -> COUNTER;
      case "gauge" -> GAUGE;
      case "histogram" -> HISTOGRAM;
      case "summary" -> SUMMARY;
      case "untyped" -> open ? null : UNKNOWN;
      case "unknown" -> open ? UNKNOWN : null;
      case "gaugehistogram" -> open ? GAUGEHISTOGRAM : null;
      case "info" -> open ? INFO : null;
      case "stateset" -> open ? STATESET : null;
      default -> null;
    };
  }
}
