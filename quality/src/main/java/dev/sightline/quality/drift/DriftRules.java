package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.FeaturePair;
import dev.sightline.stats.drift.Limit;
import dev.sightline.stats.drift.MethodChoice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// By which method and limit each feature is judged.
///
/// @param choice where nobody chose a method
/// @param numbers of all numbers; null for the choice's
/// @param words of all words and flags
/// @param texts of all texts
/// @param vectors of all lists of numbers
/// @param features of single features, which counts more
/// @param minimumN fewer rows on a side are not enough
/// @param shareLimit from this share of drifted features on, the whole has drifted
public record DriftRules(
    MethodChoice choice,
    @Nullable Chosen numbers,
    @Nullable Chosen words,
    @Nullable Chosen texts,
    @Nullable Chosen vectors,
    Map<String, Chosen> features,
    long minimumN,
    Correction correction,
    double shareLimit) {
  public static final DriftRules DEFAULT =
      new DriftRules(
          MethodChoice.EVIDENTLY,
          null,
          null,
          null,
          null,
          Map.of(),
          DriftRule.USUAL_MINIMUM,
          Correction.NONE,
          DatasetDrift.USUAL_LIMIT);

  /// @throws IllegalArgumentException in the user's words
  public DriftRules {
    features = Map.copyOf(features);
    if (minimumN < 2) {
      throw new IllegalArgumentException("min_n: must be at least 2");
    }
    if (!(shareLimit > 0 && shareLimit <= 1)) {
      throw new IllegalArgumentException("share: must be above 0 and at most 1");
    }
  }

  /// What somebody chose.
  ///
  /// @param threshold null for the method's usual one
  public record Chosen(DriftMethod method, @Nullable Double threshold) {
    Limit limit() {
      Limit usual = method.usualLimit();
      return threshold == null ? usual : new Limit(threshold, usual.side());
    }
  }

  /// @throws IllegalArgumentException in the user's words
  public static DriftMethod method(String id) {
    for (DriftMethod method : DriftMethod.values()) {
      if (method.id().equals(id)) {
        return method;
      }
    }
    String known =
        Arrays.stream(DriftMethod.values()).map(DriftMethod::id).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("must be one of " + known);
  }

  /// The same with one method for all that it can compare: single values, texts or vectors.
  public DriftRules with(Chosen all) {
    return switch (all.method().compares()) {
      case TEXTS -> with(numbers, words, all, vectors, features);
      case VECTORS -> with(numbers, words, texts, all, features);
      case NUMBERS, COUNTS -> with(all, all, texts, vectors, Map.of());
    };
  }

  public DriftRules with(MethodChoice other) {
    return new DriftRules(
        other, null, null, texts, vectors, Map.of(), minimumN, correction, shareLimit);
  }

  public DriftRules with(Correction other) {
    return new DriftRules(
        choice, numbers, words, texts, vectors, features, minimumN, other, shareLimit);
  }

  public DriftRules withMinimum(long other) {
    return new DriftRules(
        choice, numbers, words, texts, vectors, features, other, correction, shareLimit);
  }

  private DriftRules with(
      @Nullable Chosen ofNumbers,
      @Nullable Chosen ofWords,
      @Nullable Chosen ofTexts,
      @Nullable Chosen ofVectors,
      Map<String, Chosen> ofFeatures) {
    return new DriftRules(
        choice,
        ofNumbers,
        ofWords,
        ofTexts,
        ofVectors,
        ofFeatures,
        minimumN,
        correction,
        shareLimit);
  }

  /// The same with what is chosen for single features in addition.
  public DriftRules withFeatures(Map<String, Chosen> more) {
    Map<String, Chosen> all = new HashMap<>(features);
    all.putAll(more);
    return with(numbers, words, texts, vectors, all);
  }

  /// @param text the name of what the feature was made of
  DriftRule rule(String feature, String text, FeaturePair pair) {
    boolean numeric = pair instanceof FeaturePair.Numeric;
    Chosen chosen = chosen(feature, text, numeric);
    if (chosen != null) {
      return new DriftRule(chosen.method(), chosen.limit(), minimumN);
    }
    DriftMethod method = choice.of(pair);
    return new DriftRule(method, method.usualLimit(), minimumN);
  }

  /// For two columns of which at least one is a sketch: references of that size are never small.
  DriftRule ruleOfSketches(String feature, String text) {
    Chosen chosen = chosen(feature, text, true);
    if (chosen != null) {
      return new DriftRule(chosen.method(), chosen.limit(), minimumN);
    }
    DriftMethod method =
        choice == MethodChoice.NANNYML ? DriftMethod.JENSEN_SHANNON_2 : DriftMethod.WASSERSTEIN;
    return new DriftRule(method, method.usualLimit(), minimumN);
  }

  /// @param nReference texts
  DriftRule ruleOfTexts(String feature, long nReference) {
    Chosen own = features.get(feature);
    boolean fits = own != null && own.method().compares() == DriftMethod.Values.TEXTS;
    return rule(fits ? own : texts, choice.ofTexts(nReference));
  }

  DriftRule ruleOfVectors(String feature) {
    Chosen own = features.get(feature);
    boolean fits = own != null && own.method().compares() == DriftMethod.Values.VECTORS;
    return rule(fits ? own : vectors, choice.ofVectors());
  }

  private DriftRule rule(@Nullable Chosen chosen, DriftMethod otherwise) {
    return chosen == null
        ? new DriftRule(otherwise, otherwise.usualLimit(), minimumN)
        : new DriftRule(chosen.method(), chosen.limit(), minimumN);
  }

  private @Nullable Chosen chosen(String feature, String text, boolean numeric) {
    Chosen own = features.get(feature);
    Chosen named = own == null ? features.get(text) : own;
    // What is said of a text may be about its words, which its properties know nothing of.
    boolean fits = named != null && named.method().compares() != DriftMethod.Values.TEXTS;
    Chosen ofText = fits ? named : null;
    return ofText == null ? (numeric ? numbers : words) : ofText;
  }

  static boolean isSketched(FeatureColumn column) {
    return column instanceof FeatureColumn.Sketched;
  }
}
