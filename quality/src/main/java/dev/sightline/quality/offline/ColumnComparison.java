package dev.sightline.quality.offline;

import dev.sightline.quality.baseline.TextSample;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.Apart;
import dev.sightline.stats.drift.DriftCheck;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.FeaturePair;
import dev.sightline.stats.drift.MethodChoice;
import dev.sightline.stats.drift.SketchCheck;
import dev.sightline.stats.drift.TextCheck;
import dev.sightline.stats.drift.VectorCheck;
import dev.sightline.stats.sketch.TextSketch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares one column of two files: by its rows where both kept them, by exact counts where it has
/// few values, else by sketches.
final class ColumnComparison {
  /// Up to here Evidently and NannyML take distinct numbers for categories.
  private static final int EVIDENTLY_FEW = 20;

  private static final int NANNYML_FEW = 50;

  private final DriftOptions options;

  ColumnComparison(DriftOptions options) {
    this.options = options;
  }

  FeatureDrift of(String feature, ColumnKept reference, ColumnKept current) {
    if (reference instanceof NumberColumn first && current instanceof NumberColumn second) {
      return numbers(feature, first, second);
    }
    if (reference instanceof TextColumn first && current instanceof TextColumn second) {
      return texts(feature, first, second);
    }
    // A column without any value says nothing about its type.
    boolean empty = reference.n() == 0 || current.n() == 0;
    String first = type(reference);
    String second = type(current);
    DriftOutcome outcome =
        empty
            ? new DriftOutcome.NotEnough(reference.n(), current.n(), 1)
            : new DriftOutcome.NotApplicable(
                DriftMethod.CHI_SQUARE, "it was a " + first + " and is a " + second + " now");
    FeatureHistogram none = new FeatureHistogram(new double[0], List.of(), new long[0], null);
    return drift(feature, first + ", " + second, outcome, reference, current, none);
  }

  private static String type(ColumnKept kept) {
    return kept instanceof NumberColumn ? "number" : "category";
  }

  private FeatureDrift numbers(String feature, NumberColumn reference, NumberColumn current) {
    SortedColumn first = reference.sorted();
    SortedColumn second = current.sorted();
    SortedMap<Double, long[]> values = fewValues(reference, current);
    FeatureHistogram histogram =
        values != null && values.size() <= EVIDENTLY_FEW
            ? FeatureHistogram.ofCategories(named(values), true)
            : FeatureHistogram.ofNumbers(reference, current);
    DriftOutcome outcome;
    if (Math.min(reference.n(), current.n()) == 0) {
      outcome = new DriftOutcome.NotEnough(reference.n(), current.n(), 1);
    } else if (first != null && second != null) {
      FeaturePair pair = new FeaturePair.Numeric(first, second);
      outcome = DriftCheck.of(pair, options.rule(method(pair)));
    } else {
      outcome = sketched(reference, current, values);
    }
    return drift(feature, "number", outcome, reference, current, histogram);
  }

  private DriftOutcome sketched(
      NumberColumn reference, NumberColumn current, @Nullable SortedMap<Double, long[]> values) {
    DriftMethod given = options.method();
    long distinct = values == null ? FewValues.MOST + 1 : values.size();
    DriftMethod method = given != null ? given : options.choice().of(true, reference.n(), distinct);
    if (values != null) {
      FeaturePair pair = new FeaturePair.Categorical(paired(values));
      int few = options.choice() == MethodChoice.NANNYML ? NANNYML_FEW : EVIDENTLY_FEW;
      if (distinct <= few && method.appliesTo(pair)) {
        return DriftCheck.of(pair, options.rule(method));
      }
    }
    return SketchCheck.of(reference.sketch(), current.sketch(), options.rule(method));
  }

  private DriftMethod method(FeaturePair pair) {
    DriftMethod given = options.method();
    return given != null && given.appliesTo(pair) ? given : options.choice().of(pair);
  }

  private FeatureDrift texts(String feature, TextColumn reference, TextColumn current) {
    Map<String, Long> first = reference.counts();
    Map<String, Long> second = current.counts();
    Map<String, long[]> counts = new LinkedHashMap<>();
    DriftOutcome outcome;
    Apart apart =
        first == null || second == null ? null : apart(first, reference.n(), second, current.n());
    if (apart != null && first != null && second != null) {
      add(first, 0, counts);
      add(second, 1, counts);
      return new FeatureDrift(
          feature,
          "text",
          apart.outcome(),
          reference.n(),
          current.n(),
          reference.missing(),
          current.missing(),
          FeatureHistogram.ofCategories(counts, true),
          apart.telling());
    }
    if (first != null && second != null) {
      add(first, 0, counts);
      add(second, 1, counts);
      FeaturePair pair = new FeaturePair.Categorical(paired(counts));
      outcome = DriftCheck.of(pair, options.rule(method(pair)));
    } else {
      TextSketch one = reference.sketch();
      TextSketch two = current.sketch();
      add(frequent(one), 0, counts);
      add(frequent(two), 1, counts);
      DriftMethod given = options.method();
      FeaturePair pair = new FeaturePair.Categorical(paired(counts));
      DriftMethod method =
          given != null && given.appliesTo(pair)
              ? given
              : options.choice().of(false, reference.n(), counts.size());
      outcome = SketchCheck.of(one, two, options.rule(method));
    }
    FeatureHistogram histogram = FeatureHistogram.ofCategories(counts, true);
    return drift(feature, "category", outcome, reference, current, histogram);
  }

  /// By words; null for what are no sentences.
  private @Nullable Apart apart(
      Map<String, Long> reference, long n, Map<String, Long> current, long m) {
    if (!TextSample.areSentences(reference)) {
      return null;
    }
    DriftRule rule = options.rule(DriftMethod.Values.TEXTS, options.choice().ofTexts(n));
    return TextCheck.of(TextSample.of(reference), n, TextSample.of(current), m, rule);
  }

  /// All columns of a pattern as one.
  ///
  /// @param sampled these columns alone
  FeatureDrift vectors(String pattern, SampledTable sampled) {
    DriftRule rule = options.rule(DriftMethod.Values.VECTORS, options.choice().ofVectors());
    long n = sampled.rowsReference();
    long m = sampled.rowsCurrent();
    Apart apart = sampled.names().isEmpty() ? null : VectorCheck.of(sampled.vectors(), rule);
    DriftOutcome outcome =
        apart == null ? new DriftOutcome.NotEnough(n, m, DriftRule.USUAL_MINIMUM) : apart.outcome();
    FeatureHistogram none = new FeatureHistogram(new double[0], List.of(), new long[0], null);
    return new FeatureDrift(
        pattern, "vector", outcome, n, m, 0, 0, none, apart == null ? List.of() : apart.telling());
  }

  static Map<String, Long> frequent(TextSketch sketch) {
    Map<String, Long> counts = new LinkedHashMap<>();
    sketch.frequent().forEach(item -> counts.put(item.text(), item.count()));
    return counts;
  }

  static void add(Map<String, Long> counts, int side, Map<String, long[]> into) {
    counts.forEach((text, count) -> into.computeIfAbsent(text, _ -> new long[2])[side] += count);
  }

  private static PairedCounts paired(Map<?, long[]> counts) {
    return new PairedCounts(
        counts.values().stream().mapToLong(pair -> pair[0]).toArray(),
        counts.values().stream().mapToLong(pair -> pair[1]).toArray());
  }

  static Map<String, long[]> named(SortedMap<Double, long[]> values) {
    Map<String, long[]> named = new LinkedHashMap<>();
    values.forEach((value, pair) -> named.put(name(value), pair));
    return named;
  }

  private static String name(double value) {
    return value == (long) value ? Long.toString((long) value) : Double.toString(value);
  }

  /// The distinct values of both sides with their counts.
  ///
  /// @return null where there are many, or a side did not count them
  static @Nullable SortedMap<Double, long[]> fewValues(
      NumberColumn reference, @Nullable NumberColumn current) {
    SortedMap<Double, long[]> values = new TreeMap<>();
    boolean few = addFew(reference, 0, values) && (current == null || addFew(current, 1, values));
    return few && values.size() <= FewValues.MOST ? values : null;
  }

  private static boolean addFew(NumberColumn column, int side, SortedMap<Double, long[]> into) {
    SortedColumn sorted = column.sorted();
    FewValues few = column.few();
    if (sorted != null && sorted.distinct() <= FewValues.MOST) {
      int place = 0;
      while (place < sorted.n()) {
        double value = sorted.at(place);
        int next = sorted.countUpTo(value);
        into.computeIfAbsent(value, _ -> new long[2])[side] = (long) next - place;
        place = next;
      }
      return true;
    }
    if (few == null) {
      return false;
    }
    for (double value : few.values()) {
      into.computeIfAbsent(value, _ -> new long[2])[side] = few.count(value);
    }
    return true;
  }

  private static FeatureDrift drift(
      String feature,
      String type,
      DriftOutcome outcome,
      ColumnKept reference,
      ColumnKept current,
      FeatureHistogram histogram) {
    return new FeatureDrift(
        feature,
        type,
        outcome,
        reference.n(),
        current.n(),
        reference.missing(),
        current.missing(),
        histogram,
        List.of());
  }
}
