package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a few rows of a model tell about its features: which there are, and what their values are.
///
/// @param sources what to read, inputs first
/// @param types JSON types of each input
public record Sources(List<Source> sources, Map<String, Set<String>> types) {
  /// Of one model.
  static final int MOST = 1_000;

  /// Numbers of one vector.
  private static final int MOST_PARTS = 8_192;

  private static final int SHORTEST_VECTOR = 2;

  /// More different whole numbers are no classes.
  private static final int MOST_NUMBERED_CLASSES = 20;

  private static final int FEWEST_NAMES = 50;
  private static final double SHARE_OF_NAMES = 0.9;

  /// @param kinds of features whose kind somebody has said
  /// @param task `classification`, `regression` or empty
  public static Sources of(List<Labelled> rows, Map<String, FeatureKind> kinds, String task) {
    Map<String, Values> inputs = new LinkedHashMap<>();
    Values outputs = new Values();
    for (Labelled row : rows) {
      Prediction prediction = row.prediction();
      prediction
          .features()
          .forEach((name, value) -> inputs.computeIfAbsent(name, _ -> new Values()).add(value));
      outputs.add(prediction.output());
    }
    Map<String, Set<String>> types = new LinkedHashMap<>();
    inputs.forEach((name, values) -> types.put(name, Set.copyOf(values.types)));
    List<Source> sources = vectors(inputs, kinds);
    inputs.forEach(
        (name, values) -> {
          FeatureKind kind = kinds.containsKey(name) ? kinds.get(name) : values.kind();
          if (sources.size() < MOST && values.isComparable()) {
            sources.add(new Source(name, Aspect.INPUT, kind));
          }
        });
    FeatureKind answers =
        switch (task) {
          case "classification" -> FeatureKind.WORD;
          case "regression" -> FeatureKind.NUMBER;
          default -> outputs.areNumbers() ? FeatureKind.NUMBER : FeatureKind.WORD;
        };
    sources.add(new Source(Source.OUTPUT, Aspect.OUTPUT, answers));
    sources.add(new Source(Source.CONFIDENCE, Aspect.CONFIDENCE, FeatureKind.NUMBER));
    sources.add(new Source(Source.TRUTH, Aspect.TRUTH, answers));
    sources.add(new Source(Source.ERROR, Aspect.ERROR, answers));
    return new Sources(sources, types);
  }

  /// Features whose numbers are the parts of a vector, such as `emb_0` to `emb_767` of `emb_*`;
  /// taken out of the inputs.
  private static List<Source> vectors(Map<String, Values> inputs, Map<String, FeatureKind> kinds) {
    List<Source> vectors = new ArrayList<>();
    kinds.forEach(
        (name, kind) -> {
          List<String> parts =
              kind == FeatureKind.VECTOR ? parts(name, inputs.keySet()) : List.of();
          if (!parts.isEmpty()) {
            inputs.keySet().removeAll(parts);
            vectors.add(new Source(name, Aspect.INPUT, FeatureKind.VECTOR, parts));
          }
        });
    return vectors;
  }

  /// Names of columns that are the parts of one vector, in the order of their numbers.
  ///
  /// @param pattern with a star where the number stands
  /// @return empty where the pattern has none, fits fewer than two columns, or too many
  public static List<String> parts(String pattern, Collection<String> columns) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return List.of();
    }
    Pattern numbered =
        Pattern.compile(
            Pattern.quote(pattern.substring(0, star))
                + "(\\d{1,6})"
                + Pattern.quote(pattern.substring(star + 1)));
    SortedMap<Integer, String> parts = new TreeMap<>();
    for (String column : columns) {
      Matcher found = numbered.matcher(column);
      if (found.matches()) {
        parts.put(Integer.parseInt(found.group(1)), column);
      }
    }
    return parts.size() > 1 && parts.size() <= MOST_PARTS ? List.copyOf(parts.values()) : List.of();
  }

  /// The JSON type of a value.
  static String type(Datum value) {
    return switch (value) {
      case Datum.Missing _ -> "null";
      case Datum.Amount(double amount) ->
          Double.isNaN(amount) ? "nan" : Double.isInfinite(amount) ? "infinite" : "number";
      case Datum.Text _ -> "text";
      case Datum.Flag _ -> "flag";
      case Datum.Items _ -> "list";
      case Datum.Fields _ -> "object";
    };
  }

  /// Some values of one feature.
  private static final class Values {
    private final Set<String> types = new TreeSet<>();
    private final Set<String> texts = new HashSet<>();
    private final Set<Double> numbers = new HashSet<>();
    private boolean fraction;
    private long withText;
    private long words;
    private long vectors;

    void add(Datum value) {
      types.add(type(value));
      switch (value) {
        case Datum.Text(String text) -> {
          withText++;
          texts.add(text);
          Vocabulary.forEachWord(text, _ -> words++);
        }
        case Datum.Amount(double amount) -> {
          numbers.add(amount);
          fraction |= amount != Math.rint(amount);
        }
        case Datum.Items(List<Datum> items) -> {
          boolean numbersOnly =
              items.size() >= SHORTEST_VECTOR
                  && items.stream().allMatch(item -> item instanceof Datum.Amount);
          vectors += numbersOnly ? 1 : 0;
        }
        case Datum.Missing _, Datum.Flag _, Datum.Fields _ -> {}
      }
    }

    /// Objects are not, and of lists only those of numbers.
    boolean isComparable() {
      return vectors > 0
          || types.contains("number")
          || types.contains("text")
          || types.contains("flag")
          || types.contains("nan")
          || types.contains("infinite");
    }

    FeatureKind kind() {
      if (withText > 0) {
        return kindOfTexts();
      }
      if (vectors > 0) {
        return FeatureKind.VECTOR;
      }
      return types.contains("flag") ? FeatureKind.FLAG : FeatureKind.NUMBER;
    }

    private FeatureKind kindOfTexts() {
      if (TextSample.areSentences(texts.size(), withText, words)) {
        return FeatureKind.TEXT;
      }
      boolean differ = texts.size() >= SHARE_OF_NAMES * withText;
      return withText >= FEWEST_NAMES && differ ? FeatureKind.NAME : FeatureKind.WORD;
    }

    boolean areNumbers() {
      boolean only = withText == 0 && !types.contains("flag") && !numbers.isEmpty();
      return only && (fraction || numbers.size() > MOST_NUMBERED_CLASSES);
    }
  }
}
