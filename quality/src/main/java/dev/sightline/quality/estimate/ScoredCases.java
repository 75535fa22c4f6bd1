package dev.sightline.quality.estimate;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.inputs.InputRows;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The cases of a selection with their scores: of each, its window, what was said, what is true if
/// that is known, and the probability of each class. Owned by one thread.
final class ScoredCases implements RowScan.Visitor {
  /// Of more, the first are taken.
  private static final int MOST_NUMBERS = 4_000_000;

  private static final int NONE = -1;

  private final ScoreShape shape;
  private final RowScan scan;
  private final int output;
  private final int truth;
  private final int[] columns;
  private final int limit;
  private final double[][] batchScores;
  private Texts outputs = new Texts(new int[0], List.of());
  private Texts truths = outputs;
  private int[] windows = new int[256];
  private int[] said = new int[256];
  private int[] happened = new int[256];
  private final double[][] scores;
  private final InputRows features;
  private int count;
  private long seen;

  private ScoredCases(
      Selection selection,
      ScoreShape shape,
      List<Source> sources,
      InputRows.Words words,
      Deadline deadline) {
    this.shape = shape;
    this.scan = new RowScan(selection, deadline);
    this.output = scan.texts(new Field.Output());
    this.truth = scan.texts(new Field.Truth());
    this.columns =
        shape.byConfidence()
            ? new int[] {scan.numbers(new Field.Confidence())}
            : shape.scored().stream()
                .mapToInt(name -> scan.numbers(new Field.Probability(name)))
                .toArray();
    this.batchScores = new double[columns.length][];
    this.scores = new double[shape.classes().size()][256];
    this.features = InputRows.of(sources, words, scan);
    this.limit = MOST_NUMBERS / Math.max(1, scores.length + sources.size());
  }

  /// @param sources inputs that are kept beside scores
  static ScoredCases of(
      PredictionColumns columns,
      Selection selection,
      ScoreShape shape,
      List<Source> sources,
      InputRows.Words words,
      Deadline deadline) {
    ScoredCases cases = new ScoredCases(selection, shape, sources, words, deadline);
    cases.scan.run(columns, cases);
    return cases;
  }

  @Override
  public void begin(Batch batch) {
    outputs = RowScan.texts(batch, output);
    truths = RowScan.texts(batch, truth);
    for (int each = 0; each < columns.length; each++) {
      batchScores[each] = RowScan.numbers(batch, columns[each]);
    }
    features.begin(batch);
  }

  @Override
  public void row(int window, int row) {
    int answer = place(outputs, row);
    seen++;
    if (answer == NONE || count == limit || !keepScores(answer, row)) {
      return;
    }
    windows[count] = window;
    said[count] = answer;
    happened[count] = place(truths, row);
    features.keep(row);
    count++;
  }

  /// @return whether the row has scores; they stand behind those of the rows before
  private boolean keepScores(int answer, int row) {
    if (count == windows.length) {
      grow();
    }
    double sum = 0;
    int known = 0;
    for (double[] column : batchScores) {
      boolean isKnown = !Double.isNaN(column[row]);
      sum += isKnown ? column[row] : 0;
      known += isKnown ? 1 : 0;
    }
    if (known == 0) {
      return false;
    }
    if (shape.byConfidence()) {
      scores[answer][count] = sum;
      scores[1 - answer][count] = 1 - sum;
      return true;
    }
    for (int each = 0; each < scores.length; each++) {
      int column = shape.scored().indexOf(shape.classes().get(each));
      double value = column < 0 ? Double.NaN : batchScores[column][row];
      // What was not sent is what is left to 1 of two classes, else nothing.
      boolean left = Double.isNaN(value) && scores.length == 2;
      scores[each][count] = left ? Math.max(0, 1 - sum) : Double.isNaN(value) ? 0 : value;
    }
    return true;
  }

  private void grow() {
    int room = Math.min(limit, count * 2);
    windows = Arrays.copyOf(windows, room);
    said = Arrays.copyOf(said, room);
    happened = Arrays.copyOf(happened, room);
    for (int each = 0; each < scores.length; each++) {
      scores[each] = Arrays.copyOf(scores[each], room);
    }
  }

  private int place(Texts column, int row) {
    int code = column.codes()[row];
    return code < 0 ? NONE : shape.classes().indexOf(column.words().get(code));
  }

  int count() {
    return count;
  }

  InputRows features() {
    return features;
  }

  /// Places of the cases of a window.
  int[] in(int window) {
    return IntStream.range(0, count).filter(row -> windows[row] == window).toArray();
  }

  /// Places of those whose truth is known.
  int[] labelledRows() {
    return IntStream.range(0, count).filter(row -> happened[row] != NONE).toArray();
  }

  /// All rows, with and without scores.
  long seen() {
    return seen;
  }

  int window(int row) {
    return windows[row];
  }

  int said(int row) {
    return said[row];
  }

  /// @return -1 where the truth is not known, or is no class of the model
  int happened(int row) {
    return happened[row];
  }

  double score(int row, int oneClass) {
    return scores[oneClass][row];
  }

  int labelled() {
    int labelled = 0;
    for (int row = 0; row < count; row++) {
      labelled += happened[row] == NONE ? 0 : 1;
    }
    return labelled;
  }
}
