package dev.sightline.quality.profile;

import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import dev.sightline.wire.whylogs.ProfileWriter;
import dev.sightline.wire.whylogs.WhylogsProfile;
import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns our profiles into whylogs's: the same sketches under its names.
public final class WhylogsProfiles {
  private WhylogsProfiles() {}

  /// The file of one window.
  public static byte[] bytes(ProfileAnswer answer) {
    WindowProfile window = answer.windows().getFirst();
    Map<String, String> metadata = Map.of("sightline.model", answer.model());
    return bytes(window, metadata);
  }

  static byte[] bytes(WindowProfile window, Map<String, String> metadata) {
    Map<String, Map<String, Component>> columns = new LinkedHashMap<>();
    long rows = window.profile().rows();
    window
        .profile()
        .features()
        .forEach((name, feature) -> columns.put(name, column(feature, rows)));
    WhylogsProfile profile =
        new WhylogsProfile(1, window.startMs(), Map.of(), metadata, columns, null);
    return ProfileWriter.write(profile, window.endMs());
  }

  private static Map<String, Component> column(FeatureProfile feature, long rows) {
    Map<String, Component> to = new LinkedHashMap<>();
    NumberSketch numbers = feature.numbers();
    long all = Math.max(rows, feature.n() + feature.missing());
    to.put("counts/n", new Component.Whole(all));
    to.put("counts/null", new Component.Whole(all - feature.n()));
    long nan = numbers == null ? 0 : numbers.notANumber();
    to.put("counts/nan", new Component.Whole(nan));
    long infinite = numbers == null ? 0 : numbers.infinite();
    to.put("counts/inf", new Component.Whole(infinite));
    to.put("counts/true", new Component.Whole(count(feature.words(), "true", feature)));
    type(to, "integral", feature.count(ValueType.WHOLE));
    type(to, "fractional", feature.count(ValueType.FRACTION));
    type(to, "boolean", feature.count(ValueType.FLAG));
    type(to, "string", feature.count(ValueType.TEXT));
    type(to, "object", feature.count(ValueType.OBJECT));
    type(to, "tensor", feature.count(ValueType.LIST));
    NumberSketch kept = numbers == null ? new NumberSketch(NumberSketch.DAY) : numbers;
    to.put("distribution/kll", new Component.Quantiles(kept.quantileBytes()));
    to.put("distribution/mean", new Component.Real(kept.n() == 0 ? 0 : kept.mean()));
    to.put("distribution/m2", new Component.Real(kept.n() == 0 ? 0 : kept.squares()));
    if (feature.count(ValueType.WHOLE) > 0 && feature.count(ValueType.FRACTION) == 0) {
      to.put("ints/min", new Component.Whole((long) kept.min()));
      to.put("ints/max", new Component.Whole((long) kept.max()));
    }
    TextSketch words = feature.words();
    boolean ofWords = words != null && words.n() > kept.n();
    byte[] distinct = ofWords && words != null ? words.distinctBytes() : kept.distinctBytes();
    to.put("cardinality/hll", new Component.Distinct(distinct));
    TextSketch frequent = frequent(feature);
    if (frequent != null) {
      to.put("frequent_items/frequent_strings", new Component.Frequent(frequent.itemBytes()));
    }
    return to;
  }

  private static void type(Map<String, Component> to, String type, long count) {
    to.put("types/" + type, new Component.Whole(count));
  }

  private static long count(@Nullable TextSketch words, String word, FeatureProfile feature) {
    if (words == null || feature.count(ValueType.FLAG) == 0) {
      return 0;
    }
    return words.frequent().stream()
        .filter(item -> item.text().equals(word))
        .mapToLong(TextSketch.Item::count)
        .findFirst()
        .orElse(0);
  }

  /// Whole numbers as whylogs writes them: with six zeros.
  private static @Nullable TextSketch frequent(FeatureProfile feature) {
    TextSketch wholes = feature.wholes();
    TextSketch words = feature.words();
    if (wholes == null || feature.count(ValueType.FRACTION) > 0) {
      return words;
    }
    TextSketch all = new TextSketch();
    if (words != null) {
      all.merge(words);
    }
    wholes.frequent().forEach(item -> all.add(item.text() + ".000000", item.count()));
    return all;
  }
}
