package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Ranking;
import dev.sightline.stats.measure.RankingSums;
import dev.sightline.stats.measure.RankingSums.Cut;
import dev.sightline.stats.measure.Resampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One pass over rankings: each is held against what was relevant, in its group.
final class RankingPass implements MeanPass {
  /// Drawings of values in one answer: about half a second.
  private static final long MOST_DRAWN = 40_000_000;

  /// With more rankings, Student's interval is the same as one by resampling.
  private static final int MOST_RESAMPLED = 2_000;

  private final RowScan scan;
  private final Grouping grouping;
  private final List<Integer> places;
  private final int truth;
  private final int truthTime;
  private final int output;
  private final int mostKept;
  private final List<Group> groups = new ArrayList<>();
  private Datum[] truths = {};
  private Datum[] outputs = {};
  private double[] truthTimes = {};
  private long unusable;

  private static final class Group {
    private final RankingSums sums;
    private long n;

    Group(RankingSums sums) {
      this.sums = sums;
    }
  }

  /// @param places how many of the first rows count, each k
  /// @param expectedGroups among whom the work of resampling is shared
  RankingPass(RowScan scan, Grouping grouping, List<Integer> places, int expectedGroups) {
    this.scan = scan;
    this.grouping = grouping;
    this.places = places;
    this.truth = scan.lists(new Field.Truth());
    this.truthTime = scan.numbers(new Field.TruthTimeMs());
    this.output = scan.lists(new Field.Output());
    long eachDrawn =
        (long) Resampling.DEFAULT.resamples()
            * RankingSums.width(places.size())
            * Math.max(1, expectedGroups);
    this.mostKept = (int) Math.min(MOST_RESAMPLED, MOST_DRAWN / eachDrawn);
  }

  @Override
  public RowScan scan() {
    return scan;
  }

  private Group group(int index) {
    while (groups.size() <= index) {
      groups.add(new Group(new RankingSums(places, mostKept)));
    }
    return groups.get(index);
  }

  @Override
  public long predictions(int group) {
    return group(group).n;
  }

  @Override
  public long measured(int group) {
    return group(group).sums.n();
  }

  @Override
  public long unusable() {
    return unusable;
  }

  @Override
  public Map<String, Measured> measures(int group, long minimumN, Resampling intervals) {
    Map<String, Measured> measures = new LinkedHashMap<>();
    if (measured(group) > 0) {
      cuts(group, minimumN, intervals).forEach((cut, value) -> measures.put(name(cut), value));
    }
    return measures;
  }

  Map<Cut, Measured> cuts(int group, long minimumN, Resampling intervals) {
    return group(group).sums.measures(minimumN, intervals);
  }

  /// As answers write it: `ndcg_10`, `mrr`.
  static String name(Cut cut) {
    String word = cut.measure().name().toLowerCase(Locale.ROOT);
    return cut.k() == 0 ? word : word + "_" + cut.k();
  }

  @Override
  public List<Score> scores(int group, ScoreLabels writer) {
    return writer.of(this, group);
  }

  @Override
  public void begin(Batch batch) {
    grouping.begin(batch);
    truths = RowScan.lists(batch, truth);
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
    if (Double.isNaN(truthTimes[row])) {
      return;
    }
    Ranking ranking = RankedItems.of(outputs[row], truths[row]);
    if (ranking == null) {
      unusable++;
    } else {
      group.sums.add(ranking);
    }
  }
}
