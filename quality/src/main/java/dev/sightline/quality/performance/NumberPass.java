package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One pass over rows of numbers: the errors of each are summed in its group.
final class NumberPass implements MeanPass {
  /// Rows that one pass keeps, in all groups together: 32 MB.
  private static final int MOST_ROWS = 2_000_000;

  private final RowScan scan;
  private final Grouping grouping;
  private final MeasureVariants variants;
  private final int truth;
  private final int truthTime;
  private final int output;
  private final int limit;
  private final List<NumberGroup> groups = new ArrayList<>();
  private final double[] pair = new double[2];
  private double[] truths = {};
  private double[] outputs = {};
  private double[] truthTimes = {};
  private long unusable;

  /// @param expectedGroups among whom room for rows is shared
  NumberPass(RowScan scan, Grouping grouping, MeasureVariants variants, int expectedGroups) {
    this.scan = scan;
    this.grouping = grouping;
    this.variants = variants;
    this.truth = scan.numbers(new Field.Truth());
    this.truthTime = scan.numbers(new Field.TruthTimeMs());
    this.output = scan.numbers(new Field.Output());
    this.limit = Math.min(ClassPass.MOST_ROWS, MOST_ROWS / Math.max(1, expectedGroups));
  }

  @Override
  public RowScan scan() {
    return scan;
  }

  /// Labelled rows whose output or truth is no finite number.
  @Override
  public long unusable() {
    return unusable;
  }

  NumberGroup group(int index) {
    while (groups.size() <= index) {
      groups.add(new NumberGroup(limit, variants));
    }
    return groups.get(index);
  }

  @Override
  public long predictions(int group) {
    return group(group).n();
  }

  @Override
  public long measured(int group) {
    return group(group).sums().n();
  }

  @Override
  public Map<String, Measured> measures(int group, long minimumN, Resampling intervals) {
    return NumberScores.of(group(group), minimumN, intervals.level());
  }

  @Override
  public List<Score> scores(int group, ScoreLabels writer) {
    return writer.of(group(group));
  }

  @Override
  public void begin(Batch batch) {
    grouping.begin(batch);
    truths = RowScan.numbers(batch, truth);
    truthTimes = RowScan.numbers(batch, truthTime);
    outputs = RowScan.numbers(batch, output);
  }

  @Override
  public void row(int window, int row) {
    int number = grouping.of(window, row);
    if (number < 0) {
      return;
    }
    NumberGroup group = group(number);
    group.addPrediction();
    if (Double.isFinite(truths[row]) && Double.isFinite(outputs[row])) {
      pair[0] = truths[row];
      pair[1] = outputs[row];
      group.add(pair);
    } else if (!Double.isNaN(truthTimes[row])) {
      unusable++;
    }
  }
}
