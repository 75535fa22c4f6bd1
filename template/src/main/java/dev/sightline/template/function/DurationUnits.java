package dev.sightline.template.function;

import dev.sightline.template.TemplateFunction.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations such as `1h30m`, as numbers of seconds.
final class DurationUnits {
  private static final Pattern DURATION =
      Pattern.compile(
          "(-)?(?:(\\d{1,10})y)?(?:(\\d{1,10})w)?(?:(\\d{1,10})d)?(?:(\\d{1,10})h)?"
              + "(?:(\\d{1,10})m)?(?:(\\d{1,10})s)?(?:(\\d{1,10})ms)?");
  private static final double[] UNIT_SECONDS = {
    365 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1, 0.001
  };

  private DurationUnits() {}

  static double seconds(String text) {
    Matcher parts = DURATION.matcher(text);
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty() || text.equals("-") || text.length() > 100 || !parts.matches()) {
      throw new Refusal("not a valid duration string: \"" + text + '"');
    }
    double seconds = 0;
    for (int unit = 0; unit < UNIT_SECONDS.length; unit++) {
      String digits = parts.group(unit + 2);
      seconds += digits == null ? 0 : Long.parseLong(digits) * UNIT_SECONDS[unit];
    }
    return parts.group(1) == null ? seconds : -seconds;
  }
}
