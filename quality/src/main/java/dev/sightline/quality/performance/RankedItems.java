package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.stats.measure.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what was ranked, and what turned out to be relevant.
///
/// | Side     | Form                           | Meaning                                          |
/// |----------|--------------------------------|--------------------------------------------------|
/// | ranked   | `["a", "b"]`                   | items, the best first                            |
/// | ranked   | `{"a": 0.9, "b": 0.2}`         | items with their scores, in any order            |
/// | ranked   | `[{"a": 0.9}, {"b": 0.2}]`     | the same                                         |
/// | relevant | `["b", "c"]`                   | items that were relevant, each as much           |
/// | relevant | `{"b": 3, "c": 1}`             | items with their grades, 0 and more              |
/// | relevant | `"b"`                          | the one that was relevant                        |
///
/// An item is a text or a number; `7` and `"7"` are the same. One that stands in a ranking twice
/// takes both places, and counts in the first.
final class RankedItems {
  private static final double LARGEST_WHOLE = 1e15;

  private RankedItems() {}

  /// @return null where one of the two has another form
  static @Nullable Ranking of(Datum output, Datum truth) {
    Map<String, Double> grades = grades(truth);
    List<Map.Entry<String, Double>> ranked = ranked(output);
    if (grades == null || ranked == null) {
      return null;
    }
    Map<String, Double> missed = new LinkedHashMap<>(grades);
    double[] relevance = new double[ranked.size()];
    double[] scores = new double[ranked.size()];
    for (int place = 0; place < relevance.length; place++) {
      Double grade = missed.remove(ranked.get(place).getKey());
      relevance[place] = grade == null ? 0 : grade;
      scores[place] = ranked.get(place).getValue();
    }
    double[] others = missed.values().stream().mapToDouble(Double::doubleValue).toArray();
    return new Ranking(relevance, scores, others);
  }

  /// Whether a model that answers so ranks items.
  static boolean isRanking(Datum output) {
    return !(output instanceof Datum.Items(List<Datum> items) && items.isEmpty())
        && ranked(output) != null;
  }

  /// @return items with scores; null where this is no ranking
  private static @Nullable List<Map.Entry<String, Double>> ranked(Datum output) {
    List<Map.Entry<String, Double>> ranked = new ArrayList<>();
    return switch (output) {
      case Datum.Items(List<Datum> items) -> {
        for (Datum item : items) {
          boolean taken =
              item instanceof Datum.Fields(Map<String, Datum> fields)
                  ? fields.size() == 1 && addScored(fields, ranked)
                  : addPlaced(item, items.size(), ranked);
          if (!taken) {
            yield null;
          }
        }
        yield ranked;
      }
      case Datum.Fields(Map<String, Datum> fields) -> addScored(fields, ranked) ? ranked : null;
      case Datum.Amount _, Datum.Text _, Datum.Flag _, Datum.Missing _ -> null;
    };
  }

  private static boolean addPlaced(Datum item, int places, List<Map.Entry<String, Double>> ranked) {
    String name = name(item);
    if (name == null) {
      return false;
    }
    ranked.add(Map.entry(name, (double) places - ranked.size()));
    return true;
  }

  private static boolean addScored(
      Map<String, Datum> fields, List<Map.Entry<String, Double>> ranked) {
    for (Map.Entry<String, Datum> field : fields.entrySet()) {
      if (!(field.getValue() instanceof Datum.Amount(double score)) || Double.isNaN(score)) {
        return false;
      }
      ranked.add(Map.entry(field.getKey(), score));
    }
    return true;
  }

  /// @return by item; null where this says nothing about items
  private static @Nullable Map<String, Double> grades(Datum truth) {
    Map<String, Double> grades = new LinkedHashMap<>();
    switch (truth) {
      case Datum.Items(List<Datum> items) -> {
        for (Datum item : items) {
          String name = name(item);
          if (name == null) {
            return null;
          }
          grades.put(name, 1.0);
        }
      }
      case Datum.Fields(Map<String, Datum> fields) -> {
        for (Map.Entry<String, Datum> field : fields.entrySet()) {
          if (!(field.getValue() instanceof Datum.Amount(double grade))
              || !(grade >= 0 && grade < Double.POSITIVE_INFINITY)) {
            return null;
          }
          grades.put(field.getKey(), grade);
        }
      }
      case Datum.Text(String name) -> grades.put(name, 1.0);
      case Datum.Amount amount -> grades.put(String.valueOf(name(amount)), 1.0);
      case Datum.Flag _, Datum.Missing _ -> {
        return null;
      }
    }
    return grades;
  }

  private static @Nullable String name(Datum item) {
    return switch (item) {
      case Datum.Text(String text) -> text;
      case Datum.Amount(double number) ->
          number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
              ? Long.toString((long) number)
              : Double.toString(number);
      case Datum.Flag _, Datum.Missing _, Datum.Items _, Datum.Fields _ -> null;
    };
  }
}
