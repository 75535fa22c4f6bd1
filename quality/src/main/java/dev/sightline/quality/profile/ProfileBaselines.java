package dev.sightline.quality.profile;

import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Correlations;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.RowSample;
import dev.sightline.quality.baseline.Source;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes baselines of profiles, which can be compared like those of rows.
public final class ProfileBaselines {
  /// More different whole numbers are no classes.
  private static final int MOST_NUMBERED_CLASSES = 20;

  private static final int FEWEST_NAMES = 50;
  private static final double SHARE_OF_NAMES = 0.9;

  private ProfileBaselines() {}

  /// What to read of a profile that is a reference.
  ///
  /// @param kinds of features whose kind somebody has said
  /// @param ignored features that are not compared
  public static List<Source> sources(
      WindowProfile window, Map<String, FeatureKind> kinds, Set<String> ignored) {
    List<Source> sources = new ArrayList<>();
    window
        .profile()
        .features()
        .forEach(
            (name, feature) -> {
              Aspect aspect = aspect(name);
              FeatureKind said = kinds.get(name);
              FeatureKind kind = said == null ? kind(feature, aspect) : said;
              if (!ignored.contains(name) && kind != null) {
                sources.add(new Source(name, aspect, kind));
              }
            });
    return sources;
  }

  private static Aspect aspect(String name) {
    return switch (name) {
      case Source.OUTPUT -> Aspect.OUTPUT;
      case Source.CONFIDENCE -> Aspect.CONFIDENCE;
      case Source.TRUTH -> Aspect.TRUTH;
      default -> Aspect.INPUT;
    };
  }

  private static @Nullable FeatureKind kind(FeatureProfile feature, Aspect aspect) {
    long texts = feature.count(ValueType.TEXT);
    if (texts > 0) {
      TextSketch words = feature.words();
      boolean differ = words != null && words.distinct() >= SHARE_OF_NAMES * texts;
      return texts >= FEWEST_NAMES && differ ? FeatureKind.NAME : FeatureKind.WORD;
    }
    if (feature.count(ValueType.FLAG) > 0) {
      return FeatureKind.FLAG;
    }
    if (feature.numbers() == null) {
      return null;
    }
    boolean answer = aspect == Aspect.OUTPUT || aspect == Aspect.TRUTH;
    boolean classes =
        feature.count(ValueType.FRACTION) == 0 && feature.distinct() <= MOST_NUMBERED_CLASSES;
    return answer && classes ? FeatureKind.WORD : FeatureKind.NUMBER;
  }

  /// @param sources what to read; texts and errors need rows, and are left out
  public static Baseline of(WindowProfile window, List<Source> sources) {
    Map<String, Baseline.Feature> features = new LinkedHashMap<>();
    List<Source> read = new ArrayList<>();
    for (Source source : sources) {
      if (isComparable(source)) {
        FeatureProfile feature = window.profile().features().get(source.name());
        FeatureColumn column = column(source.kind(), feature, window.profile().rows());
        features.put(
            source.name(),
            new Baseline.Feature(source.name(), source.name(), source.aspect(), column));
        read.add(source);
      }
    }
    return new Baseline(
        window.startMs(),
        window.endMs(),
        window.profile().rows(),
        0,
        read,
        features,
        Map.of(),
        Map.of(),
        Correlations.NONE,
        RowSample.NONE);
  }

  /// What of a reference can be compared with a profile.
  public static Baseline comparable(Baseline reference) {
    Map<String, Baseline.Feature> features = new LinkedHashMap<>();
    List<Source> read =
        reference.sources().stream().filter(ProfileBaselines::isComparable).toList();
    for (Source source : read) {
      Baseline.Feature feature = reference.features().get(source.name());
      if (feature != null) {
        features.put(source.name(), feature);
      }
    }
    return new Baseline(
        reference.startMs(),
        reference.endMs(),
        reference.rows(),
        reference.duplicates(),
        read,
        features,
        Map.of(),
        reference.types(),
        Correlations.NONE,
        RowSample.NONE);
  }

  /// Whether sketches can stand for the values of a source.
  public static boolean isComparable(Source source) {
    return source.aspect() != Aspect.ERROR
        && source.kind() != FeatureKind.TEXT
        && source.kind() != FeatureKind.VECTOR
        && source.kind() != FeatureKind.NAME;
  }

  private static FeatureColumn column(
      FeatureKind kind, @Nullable FeatureProfile feature, long rows) {
    if (kind == FeatureKind.NUMBER) {
      NumberSketch numbers = feature == null ? null : feature.numbers();
      return numbers == null || numbers.n() == 0
          ? new FeatureColumn.Numbers(SortedColumn.of(new double[0]), rows)
          : new FeatureColumn.Sketched(numbers, Math.max(0, rows - numbers.n()));
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    if (feature != null) {
      addWords(feature.words(), counts);
      addWords(feature.wholes(), counts);
    }
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return new FeatureColumn.Words(counts, Math.max(0, rows - all));
  }

  private static void addWords(@Nullable TextSketch sketch, SortedMap<String, Long> into) {
    if (sketch == null) {
      return;
    }
    long rest = sketch.n();
    for (TextSketch.Item item : sketch.frequent()) {
      into.merge(item.text(), item.count(), Long::sum);
      rest -= item.count();
    }
    if (rest > 0) {
      into.merge(FeatureColumn.OTHER, rest, Long::sum);
    }
  }
}
