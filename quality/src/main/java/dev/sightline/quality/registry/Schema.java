package dev.sightline.quality.registry;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the inputs of a model hold, as its newest predictions show it.
///
/// @param rows that were looked at
public record Schema(int rows, SortedMap<String, Input> inputs) {
  private static final int MAX_ROWS = 500;
  private static final int MAX_INPUTS = 2_000;
  private static final int MAX_WORDS = 50;
  private static final int LONGEST_WORD = 100;

  /// @param present rows that have a value
  public record Input(FieldSpec spec, int present) {}

  public static Schema of(PredictionSource source, String model) {
    Query newest =
        new Query(model, Long.MIN_VALUE / 4, Long.MAX_VALUE / 4, null, true, MAX_ROWS, null);
    List<Labelled> rows = source.list(newest).predictions();
    SortedMap<String, List<Datum>> values = new TreeMap<>();
    for (Labelled row : rows) {
      row.prediction()
          .features()
          .forEach(
              (name, value) -> {
                if (values.containsKey(name) || values.size() < MAX_INPUTS) {
                  values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                }
              });
    }
    SortedMap<String, Input> inputs = new TreeMap<>();
    values.forEach((name, of) -> inputs.put(name, input(of)));
    return new Schema(rows.size(), inputs);
  }

  private static Input input(List<Datum> values) {
    SortedSet<String> types = new TreeSet<>();
    SortedSet<String> words = new TreeSet<>();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int present = 0;
    for (Datum value : values) {
      present += value instanceof Datum.Missing ? 0 : 1;
      types.add(type(value));
      if (value instanceof Datum.Amount(double number) && Double.isFinite(number)) {
        min = Math.min(min, number);
        max = Math.max(max, number);
      } else if (value instanceof Datum.Text(String word) && words.size() <= MAX_WORDS) {
        words.add(word);
      }
    }
    types.remove("");
    boolean few =
        words.size() <= MAX_WORDS && words.stream().allMatch(word -> word.length() <= LONGEST_WORD);
    String type = types.isEmpty() ? "" : types.size() == 1 ? types.first() : "mixed";
    FieldSpec spec =
        new FieldSpec(
            type,
            min <= max ? (Double) min : null,
            min <= max ? (Double) max : null,
            few ? List.copyOf(words) : List.of());
    return new Input(spec, present);
  }

  private static String type(Datum value) {
    return switch (value) {
      case Datum.Missing _ -> "";
      case Datum.Amount _ -> "number";
      case Datum.Text _ -> "text";
      case Datum.Flag _ -> "flag";
      case Datum.Items(List<Datum> _) -> "list";
      case Datum.Fields(Map<String, Datum> _) -> "object";
    };
  }
}
