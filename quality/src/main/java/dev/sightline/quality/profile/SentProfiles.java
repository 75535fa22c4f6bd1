package dev.sightline.quality.profile;

import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import dev.sightline.wire.whylogs.WhylogsProfile;
import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import dev.sightline.wire.whylogs.WhylogsProfile.ScoreMatrix;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns profiles that whylogs clients send into ours.
final class SentProfiles {
  /// How often each answer came with each truth: words `["answer","truth"]`.
  static final String PAIRS = "(output, truth)";

  private static final String TAG = "whylogs.tag.";
  private static final String ZEROS = ".000000";
  private static final int MOST_NAMES = 4;

  private SentProfiles() {}

  /// @param tags of the segment that the sender named beside the file
  /// @throws IllegalArgumentException if its sketches are none
  static Profile profile(WhylogsProfile sent, Map<String, String> tags) {
    SliceProfile rows = new SliceProfile(NumberSketch.DAY);
    long most = 0;
    for (Map.Entry<String, Map<String, Component>> column : sent.columns().entrySet()) {
      most = Math.max(most, whole(column.getValue(), "counts/n"));
      FeatureProfile into = rows.feature(name(column.getKey(), sent.scores()));
      if (into != null) {
        column(column.getKey(), column.getValue(), into);
      }
    }
    ScoreMatrix scores = sent.scores();
    if (scores != null) {
      most = Math.max(most, pairs(scores, rows));
    }
    rows.addRows(most);
    Profile profile = new Profile(NumberSketch.DAY);
    profile.put(new Slice("", ""), rows);
    String segment = segment(sent, tags);
    if (!segment.isEmpty()) {
      profile.put(new Slice("", segment), rows);
    }
    return profile;
  }

  /// What a classifier's columns mean, where the profile says so.
  private static String name(String column, @Nullable ScoreMatrix scores) {
    if (scores == null) {
      return column;
    }
    if (column.equals(scores.predictionField())) {
      return Source.OUTPUT;
    }
    if (column.equals(scores.targetField())) {
      return Source.TRUTH;
    }
    return column.equals(scores.scoreField()) ? Source.CONFIDENCE : column;
  }

  private static long pairs(ScoreMatrix scores, SliceProfile rows) {
    TextSketch pairs = new TextSketch();
    List<String> labels = scores.labels();
    for (int predicted = 0; predicted < labels.size(); predicted++) {
      for (int truth = 0; truth < labels.size(); truth++) {
        long count = scores.cell(predicted, truth).count();
        if (count > 0) {
          pairs.add("[\"" + labels.get(predicted) + "\",\"" + labels.get(truth) + "\"]", count);
        }
      }
    }
    FeatureProfile into = rows.feature(PAIRS);
    if (into != null && pairs.n() > 0) {
      into.merge(0, counts(ValueType.TEXT, pairs.n()), null, pairs, null);
    }
    return pairs.n();
  }

  private static long[] counts(ValueType type, long count) {
    long[] counts = new long[ValueType.COUNT];
    counts[type.slot()] = count;
    return counts;
  }

  private static void column(String name, Map<String, Component> from, FeatureProfile into) {
    try {
      merge(from, into);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("column \"" + name + "\": " + bad.getMessage(), bad);
    }
  }

  private static void merge(Map<String, Component> from, FeatureProfile into) {
    long[] types = new long[ValueType.COUNT];
    types[ValueType.WHOLE.slot()] = whole(from, "types/integral");
    types[ValueType.FRACTION.slot()] = whole(from, "types/fractional");
    types[ValueType.FLAG.slot()] = whole(from, "types/boolean");
    types[ValueType.TEXT.slot()] = whole(from, "types/string");
    types[ValueType.OBJECT.slot()] = whole(from, "types/object");
    types[ValueType.LIST.slot()] = whole(from, "types/tensor");
    long missing = whole(from, "counts/null");
    long flags = types[ValueType.FLAG.slot()];
    long numbers = types[ValueType.WHOLE.slot()] + types[ValueType.FRACTION.slot()];
    if (flags > 0 && numbers == 0) {
      // whylogs keeps flags as the numbers 0 and 1.
      TextSketch words = new TextSketch();
      long yes = Math.clamp(whole(from, "counts/true"), 0, flags);
      add(words, "true", yes);
      add(words, "false", flags - yes);
      into.merge(missing, types, null, words, null);
      return;
    }
    byte[] hll = from.get("cardinality/hll") instanceof Component.Distinct(byte[] b) ? b : NONE;
    NumberSketch quantiles = quantiles(from, hll);
    TextSketch words = null;
    TextSketch wholes = null;
    if (from.get("frequent_items/frequent_strings") instanceof Component.Frequent(byte[] items)) {
      boolean ofTexts = quantiles == null;
      TextSketch frequent = TextSketch.ofForeign(items, ofTexts ? hll : NONE);
      words = ofTexts ? frequent : null;
      wholes = ofTexts ? null : withoutZeros(frequent);
      if (ofTexts && types[ValueType.TEXT.slot()] == 0) {
        types[ValueType.TEXT.slot()] = frequent.n();
      }
    }
    if (quantiles != null && numbers == 0) {
      // Version 0 keeps no types.
      boolean areWhole = wholes != null && wholes.n() == quantiles.n();
      types[(areWhole ? ValueType.WHOLE : ValueType.FRACTION).slot()] = quantiles.n();
    }
    into.merge(missing, types, quantiles, words, wholes);
  }

  private static final byte[] NONE = {};

  private static void add(TextSketch words, String word, long count) {
    if (count > 0) {
      words.add(word, count);
    }
  }

  private static @Nullable NumberSketch quantiles(Map<String, Component> from, byte[] hll) {
    if (!(from.get("distribution/kll") instanceof Component.Quantiles(byte[] kll))) {
      return null;
    }
    NumberSketch sketch =
        NumberSketch.ofForeign(
            kll, hll, real(from, "distribution/mean"), real(from, "distribution/m2"));
    return sketch.n() == 0 ? null : sketch;
  }

  /// whylogs writes whole numbers with six zeros.
  private static TextSketch withoutZeros(TextSketch frequent) {
    TextSketch wholes = new TextSketch();
    for (TextSketch.Item item : frequent.frequent()) {
      String text = item.text();
      wholes.add(
          text.endsWith(ZEROS) ? text.substring(0, text.length() - ZEROS.length()) : text,
          item.count());
    }
    return wholes;
  }

  private static long whole(Map<String, Component> from, String path) {
    return switch (from.get(path)) {
      case Component.Whole(long value) -> Math.max(0, value);
      case Component.Real(double value) -> (long) Math.max(0, value);
      case null, default -> 0;
    };
  }

  private static double real(Map<String, Component> from, String path) {
    return switch (from.get(path)) {
      case Component.Whole(long value) -> value;
      case Component.Real(double value) -> value;
      case null, default -> 0;
    };
  }

  /// As users ask for it, names by the alphabet; empty where there is none.
  private static String segment(WhylogsProfile sent, Map<String, String> tags) {
    TreeMap<String, String> all = new TreeMap<>(tags);
    sent.tags()
        .forEach(
            (key, value) -> {
              if (key.startsWith(TAG)) {
                all.put(key.substring(TAG.length()), value);
              }
            });
    all.remove("");
    return all.isEmpty() || all.size() > MOST_NAMES
        ? ""
        : new SegmentBy(List.copyOf(all.keySet())).text(List.copyOf(all.values()));
  }
}
