package dev.sightline.quality.watch;

import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.watch.Judge.Direction;
import dev.sightline.quality.window.CalendarStep;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the definition of a monitor: the same keys in the configuration, in YAML, and in the API,
/// in JSON.
public final class MonitorReader {
  private static final Set<String> NO_NAMES = Set.of("", "previous", "same_weekday");
  private static final int MOST_WORDS = 10_000;

  private MonitorReader() {}

  /// One of the configuration.
  ///
  /// @throws dev.sightline.wire.yaml.ConfigException for a fault, with its place
  public static Monitor read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      return monitor(map, map.need("model").asText(), map.need("name").asText(), true);
    }
  }

  /// One that was sent. What it says of its name and model must be what the caller says.
  ///
  /// @throws dev.sightline.wire.yaml.ConfigException for a fault, with its place
  public static Monitor read(String text, String model, String name) {
    YamlNode root = new YamlFile("the body", Path.of(""), _ -> null).parse(text);
    try (YamlMap map = root.asMap()) {
      for (String key : new String[] {"model", "name"}) {
        YamlNode said = map.find(key);
        if (said != null && !said.asText().equals(key.equals("model") ? model : name)) {
          throw said.error("is not that of the address");
        }
      }
      return monitor(map, model, name, false);
    }
  }

  private static Monitor monitor(YamlMap map, String model, String name, boolean configured) {
    String version = map.text("version", "");
    String segment = map.text("segment", "");
    String severity = map.text("severity", "warning");
    long minimumN = map.number("min_n", 30);
    boolean enabled = map.bool("enabled", true);
    String description = map.text("description", "");
    Pace pace = pace(map);
    Judge judge = judge(map);
    String measure = map.text("measure", "");
    String feature = map.text("feature", "");
    return checked(
        map,
        () ->
            new Monitor(
                model,
                name,
                version.isEmpty() ? null : version,
                segment,
                target(judge, measure, feature),
                judge,
                pace,
                severity,
                minimumN,
                enabled,
                configured,
                description));
  }

  private static Target target(Judge judge, String measure, String feature) {
    return switch (judge) {
      case Judge.Drifted _ when measure.isEmpty() -> Target.of("drift", feature);
      case Judge.Listing _ -> Target.of("listed", feature);
      case Judge.Composite _ -> new Target.Others();
      case Judge.Fixed _,
          Judge.Change _,
          Judge.Deviation _,
          Judge.Percentile _,
          Judge.Seasonal _,
          Judge.Drifted _,
          Judge.Monotonic _,
          Judge.Stream _ -> {
        if (measure.equals("listed")) {
          throw new IllegalArgumentException("measure: listed is for kind list");
        }
        yield Target.of(measure, feature);
      }
    };
  }

  private static Pace pace(YamlMap map) {
    ZoneId zone = zone(map);
    Duration delay = map.duration("delay", Duration.ZERO);
    YamlNode rows = map.find("rows");
    YamlNode window = map.find("window");
    if (rows != null) {
      if (window != null) {
        throw window.error("must not stand beside rows");
      }
      Duration every = map.duration("every", Duration.ofMinutes(1));
      int count = Math.clamp(rows.asLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
      if (count < 1) {
        throw rows.error("must be from 1 to " + Pace.MOST_ROWS);
      }
      return checked(map, () -> new Pace(new CalendarStep(every, zone), every, count, delay));
    }
    CalendarStep step = checked(map, () -> step(window, zone));
    Duration every = map.duration("every", step.length());
    return checked(map, () -> new Pace(step, every, 0, delay));
  }

  private static CalendarStep step(@Nullable YamlNode window, ZoneId zone) {
    if (window == null) {
      return new CalendarStep(Duration.ofHours(1), zone);
    }
    return switch (window.asText()) {
      case "hour" -> new CalendarStep(Duration.ofHours(1), zone);
      case "day" -> new CalendarStep(Duration.ofDays(1), zone);
      case "week" -> new CalendarStep(Duration.ofDays(7), zone);
      case "month" -> CalendarStep.ofMonths(zone);
      default -> new CalendarStep(window.asDuration(), zone);
    };
  }

  private static ZoneId zone(YamlMap map) {
    String name = map.text("timezone", "UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw map.node().fault("timezone: must be the name of a time zone, such as Europe/Madrid");
    }
  }

  private static Judge judge(YamlMap map) {
    String kind = map.need("kind").asText();
    return checked(map, () -> judge(map, kind));
  }

  private static Judge judge(YamlMap map, String kind) {
    return switch (kind) {
      case "fixed" -> new Judge.Fixed(number(map, "lower"), number(map, "upper"));
      case "change" ->
          new Judge.Change(
              number(map, "by", 0.2),
              map.bool("relative", true),
              direction(map),
              (int) map.number("windows", 1),
              named(map));
      case "deviation" ->
          new Judge.Deviation(
              number(map, "factor", 3), direction(map), (int) map.number("windows", 14));
      case "percentile" ->
          new Judge.Percentile(
              number(map, "outside", 0.05), direction(map), (int) map.number("windows", 30));
      case "seasonal" ->
          new Judge.Seasonal(
              map.duration("period", Duration.ofDays(7)),
              number(map, "factor", 3),
              direction(map),
              (int) map.number("windows", 4));
      case "drift" -> drift(map);
      case "list" -> list(map);
      case "monotonic" ->
          new Judge.Monotonic(
              oneOf(map, "direction", "increasing", "decreasing").equals("increasing"),
              (int) map.number("windows", 1));
      case "stream" -> new Judge.Stream(Detector.ofWord(map.need("detector").asText()));
      case "conjunction" -> new Judge.Composite(true, map.need("of").asTexts());
      case "disjunction" -> new Judge.Composite(false, map.need("of").asTexts());
      default ->
          throw map.need("kind")
              .error(
                  "must be one of fixed, change, deviation, percentile, seasonal, drift, list,"
                      + " monotonic, stream, conjunction, disjunction");
    };
  }

  private static Judge drift(YamlMap map) {
    String method = map.text("method", "");
    Double threshold = number(map, "threshold");
    if (!method.isEmpty()) {
      checked(map, () -> DriftRules.method(method));
    } else if (threshold != null) {
      throw map.need("threshold").error("needs a method that it is of");
    }
    return new Judge.Drifted(method.isEmpty() ? null : method, threshold, named(map));
  }

  private static Judge list(YamlMap map) {
    YamlNode expected = map.find("expected");
    YamlNode unexpected = map.find("unexpected");
    if ((expected == null) == (unexpected == null)) {
      throw map.node().fault("expected: or unexpected is needed, one of them");
    }
    YamlNode words = expected == null ? map.need("unexpected") : expected;
    if (words.asTexts().size() > MOST_WORDS) {
      throw words.error("has more than " + MOST_WORDS + " words");
    }
    return new Judge.Listing(
        Set.copyOf(words.asTexts()), expected != null, number(map, "max_share", 0));
  }

  private static String named(YamlMap map) {
    String name = map.text("reference", "");
    if (!NO_NAMES.contains(name)) {
      Reference.checkName(name);
    }
    return name;
  }

  private static Direction direction(YamlMap map) {
    return switch (oneOf(map, "direction", "both", "up", "down")) {
      case "up" -> Direction.UP;
      case "down" -> Direction.DOWN;
      default -> Direction.BOTH;
    };
  }

  /// @param known the first of which is usual
  private static String oneOf(YamlMap map, String key, String... known) {
    String word = map.text(key, known[0]);
    if (!Set.of(known).contains(word)) {
      throw map.need(key).error("must be one of " + String.join(", ", known));
    }
    return word;
  }

  private static double number(YamlMap map, String key, double otherwise) {
    Double said = number(map, key);
    return said == null ? otherwise : said;
  }

  private static @Nullable Double number(YamlMap map, String key) {
    YamlNode node = map.find(key);
    if (node == null || node.isNull()) {
      return null;
    }
    double value = node.asDouble();
    if (!Double.isFinite(value)) {
      throw node.error("must be a number");
    }
    return value;
  }

  private static <T> T checked(YamlMap map, Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException bad) {
      throw map.node().fault(bad.getMessage());
    }
  }
}
