package dev.sightline.wire.exposition;

import dev.sightline.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of one histogram while they are read, and whether they make a whole.
final class Buckets {
  private final FamilyType type;

  /// sum and count, by the suffix of their names
  private final Map<String, Double> parts = new HashMap<>();

  private boolean any;
  private boolean negativeBounds;
  private double lastBound = Double.NEGATIVE_INFINITY;
  private double lastCount;
  private @Nullable Double total;
  private @Nullable String wrong;

  Buckets(FamilyType type) {
    this.type = type;
  }

  /// @return the number that a label `le` or `quantile` holds, NaN where it holds none
  static double boundOf(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return FloatText.parse(bytes, 0, bytes.length);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /// @param part the suffix of the sample's name
  void add(String part, Labels labels, double value) {
    any = true;
    if (!part.equals("_bucket")) {
      parts.put(part, value);
      return;
    }
    String le = labels.get("le");
    double bound = boundOf(le);
    if (!(bound > lastBound)) {
      wrong = "the bounds of its buckets do not rise at le=\"" + le + '"';
    } else if (value < lastCount) {
      wrong = "its buckets are not cumulative at le=\"" + le + '"';
    }
    negativeBounds |= bound < 0;
    lastBound = bound;
    lastCount = value;
    if (le.equals("+Inf")) {
      total = value;
    }
  }

  /// @return what keeps this from being a whole histogram; null for every other type
  @Nullable String whatIsWrong() {
    boolean gauge = type == FamilyType.GAUGEHISTOGRAM;
    if (!any || (type != FamilyType.HISTOGRAM && !gauge)) {
      return null;
    }
    Double sum = parts.get(gauge ? "_gsum" : "_sum");
    Double count = parts.get(gauge ? "_gcount" : "_count");
    if (wrong != null) {
      return wrong;
    }
    if (total == null) {
      return "it has no bucket le=\"+Inf\"";
    }
    if (count != null && !count.equals(total)) {
      return "its count is not that of its bucket le=\"+Inf\"";
    }
    if (sum != null && negativeBounds && !gauge) {
      return "it cannot have a sum beside buckets below zero";
    }
    if (sum != null && sum < 0 && !negativeBounds) {
      return "its sum is negative and no bucket is";
    }
    return (sum == null) == (count == null) ? null : "it has only one of sum and count";
  }
}
