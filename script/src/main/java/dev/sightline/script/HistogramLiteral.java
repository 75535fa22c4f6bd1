package dev.sightline.script;

import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.CustomBounds;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.series.ValueText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Histograms as scripts write them: `{{schema:1 count:4 sum:5.5 offset:-1 buckets:[1 2 1]}}`.
final class HistogramLiteral {
  static final String OPEN = "{{";
  static final String CLOSE = "}}";
  private static final Set<String> KEYS =
      Set.of(
          "schema",
          "count",
          "sum",
          "z_bucket",
          "z_bucket_w",
          "custom_values",
          "counter_reset_hint",
          "offset",
          "buckets",
          "n_offset",
          "n_buckets");
  private static final Pattern MEMBER = Pattern.compile("\\s*(\\w+):(\\[[^]]*]|\\S+)");

  private HistogramLiteral() {}

  /// @param content what stands between the braces
  /// @throws IllegalArgumentException if it is no histogram
  static SeriesValue parse(String content) {
    Map<String, String> members = members(content);
    NativeHistogram histogram =
        new NativeHistogram(
            Integer.parseInt(members.getOrDefault("schema", "0")),
            number(members, "count"),
            number(members, "sum"),
            number(members, "z_bucket_w"),
            number(members, "z_bucket"),
            buckets(members, "buckets", "offset"),
            buckets(members, "n_buckets", "n_offset"),
            CustomBounds.of(numbers(members, "custom_values")),
            hint(members.getOrDefault("counter_reset_hint", "unknown")));
    return SeriesValue.of(histogram, members.containsKey("counter_reset_hint"));
  }

  private static Map<String, String> members(String content) {
    Map<String, String> members = new HashMap<>();
    Matcher member = MEMBER.matcher(content);
    int at = 0;
    while (member.find(at) && member.start() == at) {
      if (!KEYS.contains(member.group(1))) {
        throw new IllegalArgumentException("a histogram has no \"" + member.group(1) + '"');
      }
      members.put(member.group(1), member.group(2));
      at = member.end();
      if (at == content.length()) {
        break;
      }
    }
    if (!content.substring(at).isBlank()) {
      throw new IllegalArgumentException("no histogram: " + content);
    }
    return members;
  }

  private static double number(Map<String, String> members, String key) {
    return SeriesLine.number(members.getOrDefault(key, "0"));
  }

  private static double[] numbers(Map<String, String> members, String key) {
    String list = members.getOrDefault(key, "[]");
    if (!list.startsWith("[")) {
      throw new IllegalArgumentException("a list in brackets expected for " + key);
    }
    return Arrays.stream(list.substring(1, list.length() - 1).split("\\s+"))
        .filter(word -> !word.isEmpty())
        .mapToDouble(SeriesLine::number)
        .toArray();
  }

  private static Buckets buckets(Map<String, String> members, String key, String offset) {
    return Buckets.from(Integer.parseInt(members.getOrDefault(offset, "0")), numbers(members, key));
  }

  private static ResetHint hint(String word) {
    return ResetHint.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// The literal of a histogram.
  static String text(NativeHistogram histogram) {
    StringBuilder text = new StringBuilder(OPEN).append("schema:").append(histogram.schema());
    text.append(" count:").append(ValueText.of(histogram.count()));
    text.append(" sum:").append(ValueText.of(histogram.sum()));
    if (histogram.zeroCount() != 0 || histogram.zeroThreshold() != 0) {
      text.append(" z_bucket:").append(ValueText.of(histogram.zeroCount()));
      text.append(" z_bucket_w:").append(ValueText.of(histogram.zeroThreshold()));
    }
    if (histogram.isCustom()) {
      text.append(" custom_values:").append(list(histogram.bounds().toArray()));
    }
    append(text, "", histogram.positive());
    append(text, "n_", histogram.negative());
    if (histogram.hint() != ResetHint.UNKNOWN) {
      text.append(" counter_reset_hint:").append(histogram.hint().name().toLowerCase(Locale.ROOT));
    }
    return text.append(CLOSE).toString();
  }

  private static void append(StringBuilder text, String prefix, Buckets buckets) {
    if (buckets.size() == 0) {
      return;
    }
    int first = buckets.index(0);
    double[] counts = new double[buckets.index(buckets.size() - 1) - first + 1];
    for (int i = 0; i < buckets.size(); i++) {
      counts[buckets.index(i) - first] = buckets.count(i);
    }
    text.append(' ').append(prefix).append("offset:").append(first);
    text.append(' ').append(prefix).append("buckets:").append(list(counts));
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(ValueText::of)
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
