package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Recognises probabilities by class in the shapes that model servers use.
///
/// | Shape                                  | Classes                                    |
/// |----------------------------------------|--------------------------------------------|
/// | `{"spam": 0.9, "ham": 0.1}`            | the names of the fields                    |
/// | `[0.1, 0.9]`                           | the configured ones, or `0`, `1` …         |
/// | `[["spam", 0.9], ["ham", 0.1]]`        | the first of each pair                     |
/// | `[{"label": "spam", "score": 0.9}, …]` | `label`                                    |
///
/// Where nothing says that numbers are probabilities, they must add up to the scale, or fit the
/// configured classes one to one: two measured values between 0 and 1 are not a distribution.
final class ProbabilityReader {
  private static final Datum MISSING = new Datum.Missing();
  private static final double SUM_TOLERANCE = 0.02;

  private final List<String> classes;
  private final double scale;

  ProbabilityReader(List<String> classes, double scale) {
    this.classes = classes;
    this.scale = scale;
  }

  /// @param certain whether something beside the numbers says that these are probabilities
  /// @return by class, 0 to 1; empty if these are none
  Map<String, Double> read(Datum value, boolean certain) {
    return switch (value) {
      case Datum.Fields(Map<String, Datum> fields) -> byField(fields, certain);
      case Datum.Items(List<Datum> items) -> list(items, certain);
      case Datum.Amount _, Datum.Text _, Datum.Flag _, Datum.Missing _ -> Map.of();
    };
  }

  Map<String, Double> list(List<Datum> items, boolean certain) {
    if (items.isEmpty()) {
      return Map.of();
    }
    return items.getFirst() instanceof Datum.Amount ? byPosition(items, certain) : labelled(items);
  }

  /// @return the number as a certainty from 0 to 1, or null if it is none
  @Nullable Double certainty(double amount) {
    double scaled = amount / scale;
    return scaled >= 0 && scaled <= 1 ? scaled : null;
  }

  private Map<String, Double> byField(Map<String, Datum> fields, boolean certain) {
    Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(fields.size());
    for (Map.Entry<String, Datum> field : fields.entrySet()) {
      if (!put(probabilities, field.getKey(), field.getValue())) {
        return Map.of();
      }
    }
    boolean fits = !classes.isEmpty() && classes.containsAll(fields.keySet());
    return certain || fits || isDistribution(probabilities) ? probabilities : Map.of();
  }

  private Map<String, Double> byPosition(List<Datum> items, boolean certain) {
    boolean fits = items.size() == classes.size();
    if (items.size() < 2 || (!classes.isEmpty() && !fits)) {
      return Map.of();
    }
    Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (!put(probabilities, fits ? classes.get(i) : Integer.toString(i), items.get(i))) {
        return Map.of();
      }
    }
    return certain || fits || isDistribution(probabilities) ? probabilities : Map.of();
  }

  private Map<String, Double> labelled(List<Datum> items) {
    Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(items.size());
    for (Datum item : items) {
      boolean taken =
          switch (item) {
            case Datum.Items(List<Datum> pair) when pair.size() == 2 ->
                put(probabilities, ModelOutput.className(pair.getFirst()), pair.getLast());
            case Datum.Fields(Map<String, Datum> fields) ->
                put(probabilities, labelOf(fields), fields.getOrDefault("score", MISSING));
            case Datum.Items _ -> false;
            case Datum.Amount _, Datum.Text _, Datum.Flag _, Datum.Missing _ -> false;
          };
      if (!taken) {
        return Map.of();
      }
    }
    return probabilities;
  }

  private static @Nullable String labelOf(Map<String, Datum> fields) {
    return ModelOutput.className(fields.getOrDefault("label", MISSING));
  }

  private boolean put(Map<String, Double> probabilities, @Nullable String name, Datum value) {
    Double certainty =
        value instanceof Datum.Amount(double amount) ? certainty(amount) : (Double) null;
    if (name == null || certainty == null) {
      return false;
    }
    probabilities.put(name, certainty);
    return true;
  }

  private static boolean isDistribution(Map<String, Double> probabilities) {
    double sum = 0;
    for (double probability : probabilities.values()) {
      sum += probability;
    }
    return probabilities.size() > 1 && Math.abs(sum - 1) <= SUM_TOLERANCE;
  }
}
