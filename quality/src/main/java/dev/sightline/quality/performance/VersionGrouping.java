package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.TimeOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups rows by the version of their model, and remembers how old the oldest is.
final class VersionGrouping implements Grouping {
  /// Rows of further versions belong to no group.
  static final int MOST = 20;

  private static final int NONE = -1;
  private static final int UNSEEN = -2;

  private final int column;
  private final List<String> names = new ArrayList<>();
  private Texts versions = new Texts(new int[0], List.of());
  private final int truthTime;
  private double[] timesMs = {};
  private long oldestMs = Long.MAX_VALUE;

  /// The group of each code of a version; first that of rows without one.
  private int[] groupByCode = {};

  VersionGrouping(RowScan scan) {
    column = scan.texts(new Field.Version());
    boolean byTruth = scan.selection().timeOf() == TimeOf.TRUTH;
    truthTime = byTruth ? scan.numbers(new Field.TruthTimeMs()) : -1;
  }

  /// Of the versions, by group.
  List<String> names() {
    return names;
  }

  long oldestMs() {
    return oldestMs;
  }

  @Override
  public void begin(Batch batch) {
    versions = RowScan.texts(batch, column);
    timesMs =
        truthTime < 0
            ? Arrays.stream(batch.timesMs()).asDoubleStream().toArray()
            : RowScan.numbers(batch, truthTime);
  }

  @Override
  public int of(int window, int row) {
    oldestMs = Math.min(oldestMs, (long) timesMs[row]);
    int code = Math.max(versions.codes()[row], NONE);
    int place = code - NONE;
    if (place >= groupByCode.length) {
      int before = groupByCode.length;
      groupByCode = Arrays.copyOf(groupByCode, Math.max(place + 1, before * 2));
      Arrays.fill(groupByCode, before, groupByCode.length, UNSEEN);
    }
    if (groupByCode[place] == UNSEEN) {
      groupByCode[place] = group(code == NONE ? "" : versions.words().get(code));
    }
    return groupByCode[place];
  }

  private int group(String version) {
    int known = names.indexOf(version);
    if (known >= 0 || names.size() >= MOST) {
      return known;
    }
    names.add(version);
    return names.size() - 1;
  }
}
