package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What is compared with what, where a question says nothing else, and all the time.
///
/// @param window that ends now and is watched
/// @param referenceRows so many first rows of a model are its reference
/// @param referenceSpan the first rows are those of this time at most, if they are enough
/// @param models what is said of single models, by name
public record DriftOptions(
    Duration window,
    int referenceRows,
    Duration referenceSpan,
    DriftRules rules,
    Map<String, OfModel> models) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final int MOST_REFERENCE_ROWS = 100_000;

  public static final DriftOptions DEFAULT =
      new DriftOptions(
          Duration.ofHours(1), 1_000, Duration.ofDays(1), DriftRules.DEFAULT, Map.of());

  /// @throws IllegalArgumentException in the user's words
  public DriftOptions {
    models = Map.copyOf(models);
    check("window", window);
    check("reference_span", referenceSpan);
    if (referenceRows < rules.minimumN() || referenceRows > MOST_REFERENCE_ROWS) {
      throw new IllegalArgumentException(
          "reference_rows: must be from min_n ("
              + rules.minimumN()
              + ") to "
              + MOST_REFERENCE_ROWS);
    }
  }

  private static void check(String name, Duration length) {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": must be from 1m to 31d");
    }
  }

  /// What is said of one model.
  ///
  /// @param kinds of features, where they are not what they look like
  /// @param ignored features that are not compared
  /// @param features methods of single features
  /// @param reference by name; empty for the usual one
  public record OfModel(
      Map<String, FeatureKind> kinds,
      Set<String> ignored,
      Map<String, DriftRules.Chosen> features,
      String reference) {
    public static final OfModel NOTHING = new OfModel(Map.of(), Set.of(), Map.of(), "");

    public OfModel {
      kinds = Map.copyOf(kinds);
      ignored = Set.copyOf(ignored);
      features = Map.copyOf(features);
    }
  }

  public OfModel of(String model) {
    return models.getOrDefault(model, OfModel.NOTHING);
  }

  /// How the features of a model are judged.
  public DriftRules rules(String model) {
    return rules.withFeatures(of(model).features());
  }

  /// The same as fast as a demonstration needs it.
  public DriftOptions inAHurry() {
    return new DriftOptions(
        Duration.ofMinutes(10), Math.min(referenceRows, 150), referenceSpan, rules, models);
  }
}
