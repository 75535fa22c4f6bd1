package dev.sightline.wire.exposition;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.ValueText;
import dev.sightline.wire.exposition.ExpositionCursor.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a text against every rule of OpenMetrics 1.0, also those that Prometheus lets pass: order
/// and grouping, names and values that a type allows, whole histograms.
public final class OpenMetricsRules {
  /*
   * The text is a sequence of families, a family a sequence of metrics (one set of labels each, less the labels that
   * number its buckets, quantiles and states). Three things are remembered: the family and the metric under way, and
   * what has ended. Coming back to something that has ended is an error, and so is a name that belongs to two families.
   */
  private static final int MAX_EXEMPLAR_CHARACTERS = 128;

  private final ExpositionCursor cursor;

  /// which family a name of samples belongs to, for all families so far
  private final Map<String, Family> families = new HashMap<>();

  private @Nullable Family family;

  private OpenMetricsRules(ExpositionCursor cursor) {
    this.cursor = cursor;
  }

  /// @throws ExpositionException at the first violation
  public static void check(byte[] text) {
    new OpenMetricsRules(new ExpositionCursor(text, text.length, ExpositionFormat.OPEN_METRICS))
        .run();
  }

  private void run() {
    while (true) {
      Entry entry = cursor.next();
      switch (entry) {
        case TYPE, HELP, UNIT -> metadata(entry);
        case SAMPLE -> sample(cursor.sample());
        case END -> {
          finishFamily();
          return;
        }
      }
    }
  }

  private void metadata(Entry entry) {
    Family current = family;
    if (current == null || !current.name.equals(cursor.familyName())) {
      current = begin(cursor.familyName());
    }
    if (current.hasSamples) {
      throw cursor.wrong(entry + " of " + current.name + " after its samples");
    }
    if (!current.metadata.add(entry)) {
      throw cursor.wrong("a second " + entry + " of " + current.name);
    }
    if (entry == Entry.TYPE) {
      current.type = cursor.type();
      current.sampleNames().forEach(name -> claim(name, family));
    }
    boolean unitless = current.type == FamilyType.INFO || current.type == FamilyType.STATESET;
    if (unitless && current.metadata.contains(Entry.UNIT)) {
      throw cursor.wrong("a family of type " + current.type.word() + " has no unit");
    }
  }

  private Family begin(String name) {
    finishFamily();
    Family begun = new Family(name);
    family = begun;
    claim(name, begun);
    return begun;
  }

  private void claim(String name, @Nullable Family owner) {
    Family other = families.putIfAbsent(name, owner);
    if (other != null && other != owner) {
      throw cursor.wrong(
          "the name " + name + " belongs to the family " + other.name + ", which has ended");
    }
  }

  private void sample(SeriesLine line) {
    String name = line.metricName();
    Family current = family;
    if (current == null || !current.sampleNames().contains(name)) {
      if (current != null && current.name.equals(name)) {
        throw cursor.wrong("a " + current.type.word() + " has no sample named " + name);
      }
      current = begin(name);
    }
    current.hasSamples = true;
    if (line.hasTrailingComma()) {
      throw cursor.wrong("a comma before the closing brace");
    }
    Labels labels = line.writtenLabels();
    String part = name.substring(current.name.length());
    requireLabels(current, part, labels);
    requireValue(current, part, labels, line.value());
    requireExemplar(current, part, line.exemplar());
    current.enter(groupOf(current, labels), line, cursor);
    current.buckets.add(part, labels, line.value());
  }

  private static Labels groupOf(Family family, Labels labels) {
    return switch (family.type) {
      case HISTOGRAM, GAUGEHISTOGRAM -> labels.without(Label.METRIC_NAME, "le");
      case SUMMARY -> labels.without(Label.METRIC_NAME, "quantile");
      case STATESET -> labels.without(Label.METRIC_NAME, family.name);
      case COUNTER, GAUGE, INFO, UNKNOWN -> labels.without(Label.METRIC_NAME);
    };
  }

  private void requireLabels(Family family, String part, Labels labels) {
    String needed =
        switch (family.type) {
          case HISTOGRAM, GAUGEHISTOGRAM -> part.equals("_bucket") ? "le" : null;
          case SUMMARY -> part.isEmpty() ? "quantile" : null;
          case STATESET -> family.name;
          case COUNTER, GAUGE, INFO, UNKNOWN -> null;
        };
    if (needed == null) {
      return;
    }
    if (!labels.has(needed)) {
      throw cursor.wrong("a sample of this " + family.type.word() + " needs the label " + needed);
    }
    String value = labels.get(needed);
    if (needed.equals("quantile") && !isShare(Buckets.boundOf(value))) {
      throw cursor.wrong("a quantile lies between 0 and 1, not at \"" + value + '"');
    }
  }

  private static boolean isShare(double number) {
    return number >= 0 && number <= 1;
  }

  private void requireValue(Family family, String part, Labels labels, double value) {
    boolean counts =
        switch (family.type) {
          case COUNTER -> part.equals("_total");
          case HISTOGRAM -> !part.equals("_created");
          case GAUGEHISTOGRAM -> !part.equals("_gsum");
          case SUMMARY -> !part.isEmpty() && !part.equals("_created");
          case GAUGE, INFO, STATESET, UNKNOWN -> false;
        };
    boolean notNegative = counts || (family.type == FamilyType.SUMMARY && part.isEmpty());
    if (counts && Double.isNaN(value)) {
      throw cursor.wrong("a count cannot be NaN");
    }
    if (part.equals("_gsum") && Double.isNaN(value)) {
      throw cursor.wrong("a sum cannot be NaN");
    }
    if (notNegative && value < 0) {
      throw cursor.wrong("this value cannot be negative: " + ValueText.of(value));
    }
    if (family.type == FamilyType.INFO && value != 1) {
      throw cursor.wrong("the value of an info is 1");
    }
    if (family.type == FamilyType.STATESET && value != 0 && value != 1) {
      throw cursor.wrong("a state is 0 or 1");
    }
  }

  private void requireExemplar(Family family, String part, @Nullable Exemplar exemplar) {
    if (exemplar == null) {
      return;
    }
    boolean allowed =
        switch (family.type) {
          case COUNTER -> part.equals("_total");
          case HISTOGRAM, GAUGEHISTOGRAM -> part.equals("_bucket");
          case GAUGE, SUMMARY, INFO, STATESET, UNKNOWN -> false;
        };
    if (!allowed) {
      throw cursor.wrong("only totals of counters and buckets of histograms have exemplars");
    }
    int characters =
        exemplar.labels().toList().stream()
            .mapToInt(label -> characters(label.name()) + characters(label.value()))
            .sum();
    if (characters > MAX_EXEMPLAR_CHARACTERS) {
      throw cursor.wrong(
          "the labels of the exemplar have "
              + characters
              + " characters, the limit is "
              + MAX_EXEMPLAR_CHARACTERS);
    }
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private void finishFamily() {
    if (family != null) {
      family.finishMetric(cursor);
    }
  }

  /// One family while it is read.
  private static final class Family {
    private final String name;
    private final Set<Entry> metadata = new HashSet<>();
    private final Set<Labels> finished = new HashSet<>();
    private FamilyType type = FamilyType.UNKNOWN;
    private boolean hasSamples;
    private @Nullable Labels metric;
    private boolean timed;
    private double timestamp;
    private Buckets buckets = new Buckets(FamilyType.UNKNOWN);

    Family(String name) {
      this.name = name;
    }

    List<String> sampleNames() {
      List<String> parts =
          switch (type) {
            case COUNTER -> List.of("_total", "_created");
            case SUMMARY -> List.of("", "_count", "_sum", "_created");
            case HISTOGRAM -> List.of("_bucket", "_count", "_sum", "_created");
            case GAUGEHISTOGRAM -> List.of("_bucket", "_gcount", "_gsum");
            case INFO -> List.of("_info");
            case GAUGE, STATESET, UNKNOWN -> List.of("");
          };
      return parts.stream().map(part -> name + part).toList();
    }

    /// Goes on with the metric under way, or begins another.
    void enter(Labels entered, SeriesLine line, ExpositionCursor cursor) {
      if (entered.equals(metric)) {
        requireOrder(line, cursor);
      } else {
        finishMetric(cursor);
        if (finished.contains(entered)) {
          throw cursor.wrong("samples of " + name + entered + " in two places");
        }
        metric = entered;
        buckets = new Buckets(type);
        timed = line.hasTimestamp();
      }
      timestamp = line.timestamp();
    }

    private void requireOrder(SeriesLine line, ExpositionCursor cursor) {
      if (timed != line.hasTimestamp()) {
        throw cursor.wrong("samples of one metric with and without a timestamp");
      }
      if (timed && line.timestamp() < timestamp) {
        throw cursor.wrong("the timestamps of a metric go backwards");
      }
    }

    void finishMetric(ExpositionCursor cursor) {
      String wrong = buckets.whatIsWrong();
      if (wrong != null) {
        throw cursor.wrong(name + ": " + wrong);
      }
      if (metric != null) {
        finished.add(metric);
      }
    }
  }
}
