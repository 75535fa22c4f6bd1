package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.stats.measure.ConfusionCounts;
import java.util.ArrayList;
import java.util.List;

/// One pass over rows of classes: each is counted in its group.
final class ClassPass implements GroupPass {
  /// Numbers of scored rows that one pass keeps, in all groups together: 32 MB.
  private static final long MOST_SCORES = 4_000_000;

  /// Cells of confusion counts that one pass keeps: 64 MB.
  private static final long MOST_CELLS = 8_000_000;

  static final int MOST_ROWS = 1_000_000;

  /// Classes whose pairs are counted aside.
  private static final int MOST_ASIDE = 32;

  private final RowScan scan;
  private final Grouping grouping;
  private final ScoreColumns wanted;
  private final ClassCodes codes;
  private final ClassCodes.Column truthCodes;
  private final ClassCodes.Column outputCodes;
  private final int truth;
  private final int truthTime;
  private final int output;
  private final int[] scores;
  private final int scoredLimit;
  private final List<ClassGroup> groups = new ArrayList<>();
  private final double[] rowScores;
  private Texts truths = new Texts(new int[0], List.of());
  private Texts outputs = truths;
  private double[] truthTimes = {};
  private final double[][] scoreValues;
  private long unusable;

  /// @param expectedGroups among whom room for scored rows is shared
  ClassPass(
      RowScan scan, String model, ScoreColumns wanted, Grouping grouping, int expectedGroups) {
    this.scan = scan;
    this.grouping = grouping;
    this.wanted = wanted;
    this.codes = new ClassCodes(model);
    this.truthCodes = codes.new Column();
    this.outputCodes = codes.new Column();
    this.truth = scan.texts(new Field.Truth());
    this.truthTime = scan.numbers(new Field.TruthTimeMs());
    this.output = scan.texts(new Field.Output());
    this.scores = new int[wanted.width()];
    if (wanted.isWanted() && wanted.classes().isEmpty()) {
      scores[0] = scan.numbers(new Field.Confidence());
    }
    for (int each = 0; each < wanted.classes().size(); each++) {
      scores[each] = scan.numbers(new Field.Probability(wanted.classes().get(each)));
      codes.of(wanted.classes().get(each));
    }
    this.scoreValues = new double[scores.length][];
    this.rowScores = new double[scores.length];
    this.scoredLimit =
        (int)
            Math.min(
                MOST_ROWS, MOST_SCORES / ((wanted.width() + 1L) * Math.max(1, expectedGroups)));
  }

  @Override
  public RowScan scan() {
    return scan;
  }

  ClassCodes codes() {
    return codes;
  }

  ScoreColumns scoreColumns() {
    return wanted;
  }

  /// Labelled rows whose output or truth is a list or an object.
  long unusable() {
    return unusable;
  }

  /// Of any number; without rows where none had it.
  ClassGroup group(int index) {
    while (groups.size() <= index) {
      groups.add(
          new ClassGroup(new ConfusionCounts(0), new ScoredRows(wanted.width(), scoredLimit)));
    }
    return groups.get(index);
  }

  @Override
  public long predictions(int group) {
    return group(group).n();
  }

  @Override
  public List<Score> scores(int group, ScoreLabels writer) {
    return writer.of(ClassTable.at(this, group));
  }

  /// Adds what another pass over the same selection has counted of other rows.
  void merge(ClassPass other) {
    int[] numbers = codes.numbersOf(other.codes);
    for (int number = 0; number < other.groups.size(); number++) {
      ClassGroup theirs = other.groups.get(number);
      ClassGroup ours = group(number);
      ours.addPredictions(theirs.n());
      ConfusionCounts counts = theirs.counts();
      for (int truth = 0; truth < counts.classes(); truth++) {
        for (int prediction = 0; prediction < counts.classes(); prediction++) {
          long count = counts.count(truth, prediction);
          if (count > 0) {
            ours.counts().add(numbers[truth], numbers[prediction], count);
          }
        }
      }
      ours.scored().merge(theirs.scored(), numbers);
    }
    unusable += other.unusable;
  }

  @Override
  public void begin(Batch batch) {
    long classes = codes.size();
    if (classes * classes * groups.size() > MOST_CELLS) {
      throw new QueryException.LimitExceeded(
          classes + " classes in " + groups.size() + " windows or segments are too many to count");
    }
    grouping.begin(batch);
    truths = RowScan.texts(batch, truth);
    truthTimes = RowScan.numbers(batch, truthTime);
    outputs = RowScan.texts(batch, output);
    for (int each = 0; each < scores.length; each++) {
      scoreValues[each] = RowScan.numbers(batch, scores[each]);
    }
  }

  @Override
  public void row(int window, int row) {
    int number = grouping.of(window, row);
    if (number < 0) {
      return;
    }
    ClassGroup group = group(number);
    group.addPredictions(1);
    count(group, row);
  }

  @Override
  public void rows(int window, int from, int end) {
    if (!grouping.isByWindow()) {
      GroupPass.super.rows(window, from, end);
      return;
    }
    ClassGroup group = group(window);
    group.addPredictions(end - from);
    if (codes.size() == 0) {
      count(group, from++); // so that there are classes from now on
    }
    countMany(group, from, end);
  }

  /// As [#count] for each of them; pairs of known classes are counted aside, and added once.
  private void countMany(ClassGroup group, int from, int end) {
    int width = Math.min(codes.size(), MOST_ASIDE);
    int[] aside = new int[width * width];
    boolean scored = scores.length > 0;
    for (int row = from; row < end; row++) {
      if (Double.isNaN(truthTimes[row])) {
        continue;
      }
      int predicted = outputCodes.at(outputs, row);
      int happened = truthCodes.at(truths, row);
      if (predicted < 0 || happened < 0) {
        unusable++;
        continue;
      }
      if (predicted < width && happened < width) {
        aside[happened * width + predicted]++;
      } else {
        group.counts().add(happened, predicted);
      }
      if (scored) {
        score(group, row, happened, predicted);
      }
    }
    for (int cell = 0; cell < aside.length; cell++) {
      if (aside[cell] > 0) {
        group.counts().add(cell / width, cell % width, aside[cell]);
      }
    }
  }

  private void count(ClassGroup group, int row) {
    if (Double.isNaN(truthTimes[row])) {
      return;
    }
    int predicted = outputCodes.at(outputs, row);
    int happened = truthCodes.at(truths, row);
    if (predicted < 0 || happened < 0) {
      unusable++;
      return;
    }
    group.counts().add(happened, predicted);
    score(group, row, happened, predicted);
  }

  private void score(ClassGroup group, int row, int happened, int predicted) {
    if (hasScores(row) && group.scored().takes()) {
      readScores(row);
      group.scored().put(happened, predicted, rowScores);
    }
  }

  private boolean hasScores(int row) {
    for (double[] values : scoreValues) {
      if (!Double.isNaN(values[row])) {
        return true;
      }
    }
    return false;
  }

  /// Of classes whose probability was not sent in a row that has others, it is what is left to 1
  /// where there are two, else 0.
  private void readScores(int row) {
    int absent = 0;
    double sum = 0;
    for (int each = 0; each < scores.length; each++) {
      double value = scoreValues[each][row];
      rowScores[each] = value;
      absent += Double.isNaN(value) ? 1 : 0;
      sum += Double.isNaN(value) ? 0 : value;
    }
    for (int each = 0; each < scores.length && absent > 0; each++) {
      if (Double.isNaN(rowScores[each])) {
        rowScores[each] = scores.length == 2 ? Math.max(0, 1 - sum) : 0;
      }
    }
  }
}
