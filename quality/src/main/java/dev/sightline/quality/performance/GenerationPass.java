package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.NamedWords;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import dev.sightline.stats.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One pass over generated texts: how long each took and became, and why it ended.
final class GenerationPass implements MeanPass {
  static final String LATENCY = "latency_ms";

  /// Of the fields of an output, those whose means are measures.
  static final List<String> COUNTS = List.of("prompt_tokens", "completion_tokens", "characters");

  private static final String FINISH_REASON = "finish_reason";

  /// Servers know a handful.
  private static final int MOST_REASONS = 20;

  private final RowScan scan;
  private final Grouping grouping;
  private final int latency;
  private final int truthTime;
  private final int output;
  private final List<Group> groups = new ArrayList<>();
  private double[] latencies = {};
  private double[] truthTimes = {};
  private Datum[] outputs = {};

  private static final class Group {
    private final Map<String, Spread> means = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long n;
    private long labelled;

    void add(String name, double value) {
      means.computeIfAbsent(name, _ -> new Spread()).add(value);
    }

    void finished(String reason) {
      boolean known = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
      reasons.merge(known ? reason : NamedWords.OTHER, 1L, Long::sum);
    }
  }

  GenerationPass(RowScan scan, Grouping grouping) {
    this.scan = scan;
    this.grouping = grouping;
    this.latency = scan.numbers(new Field.LatencyMs());
    this.truthTime = scan.numbers(new Field.TruthTimeMs());
    this.output = scan.lists(new Field.Output());
  }

  @Override
  public RowScan scan() {
    return scan;
  }

  private Group group(int index) {
    while (groups.size() <= index) {
      groups.add(new Group());
    }
    return groups.get(index);
  }

  @Override
  public long predictions(int group) {
    return group(group).n;
  }

  /// Those whose truth is known, of which no measure is made.
  long labelled(int group) {
    return group(group).labelled;
  }

  /// How often texts ended for which reason.
  Map<String, Long> finishReasons(int group) {
    return group(group).reasons;
  }

  @Override
  public long measured(int group) {
    return group(group).n;
  }

  @Override
  public long unusable() {
    return 0;
  }

  @Override
  public Map<String, Measured> measures(int group, long minimumN, Resampling intervals) {
    Map<String, Measured> measures = new LinkedHashMap<>();
    Map<String, Spread> means = group(group).means;
    List<String> names = new ArrayList<>(List.of(LATENCY));
    names.addAll(COUNTS);
    for (String name : names) {
      Spread mean = means.get(name);
      if (mean != null) {
        measures.put(
            name,
            mean.n() < minimumN
                ? new Measured.NotEnough(mean.n(), minimumN)
                : mean.mean(intervals.level()));
      }
    }
    return measures;
  }

  @Override
  public List<Score> scores(int group, ScoreLabels writer) {
    return writer.ofTexts(group(group).n);
  }

  @Override
  public void begin(Batch batch) {
    grouping.begin(batch);
    latencies = RowScan.numbers(batch, latency);
    truthTimes = RowScan.numbers(batch, truthTime);
    outputs = RowScan.lists(batch, output);
  }

  @Override
  public void row(int window, int row) {
    int number = grouping.of(window, row);
    if (number < 0) {
      return;
    }
    Group group = group(number);
    group.n++;
    group.labelled += Double.isNaN(truthTimes[row]) ? 0 : 1;
    if (Double.isFinite(latencies[row])) {
      group.add(LATENCY, latencies[row]);
    }
    if (!(outputs[row] instanceof Datum.Fields(Map<String, Datum> fields))) {
      return;
    }
    for (String name : COUNTS) {
      if (fields.get(name) instanceof Datum.Amount(double count) && Double.isFinite(count)) {
        group.add(name, count);
      }
    }
    if (fields.get(FINISH_REASON) instanceof Datum.Text(String reason)) {
      group.finished(reason);
    }
  }
}
