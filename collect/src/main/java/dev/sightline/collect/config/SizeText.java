package dev.sightline.collect.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as Prometheus's files write them: `512KB`, `10MiB`, `1.5GB`, all in powers of 1,024.
final class SizeText {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?([A-Za-z]*)");
  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry("", 0), Map.entry("b", 0),
          Map.entry("kb", 1), Map.entry("kib", 1),
          Map.entry("mb", 2), Map.entry("mib", 2),
          Map.entry("gb", 3), Map.entry("gib", 3),
          Map.entry("tb", 4), Map.entry("tib", 4));

  private SizeText() {}

  /// @throws IllegalArgumentException with a message in the user's words
  static long parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    Integer power = form.matches() ? POWERS.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
    if (power == null) {
      throw new IllegalArgumentException(
          "must be a size such as 512KB or 10MB, not \"" + text + '"');
    }
    return (long) (Double.parseDouble(form.group(1)) * (1L << (10 * power)));
  }
}
