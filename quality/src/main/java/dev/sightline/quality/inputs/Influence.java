package dev.sightline.quality.inputs;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.learn.BinnedRows;
import dev.sightline.stats.learn.BoostedTrees;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How much each input moves what the model answers: the gains of trees that have learnt to imitate
/// it.
///
/// @param shares of inputs, by name, adding up to 1; empty where nothing could be learnt
/// @param rows that were imitated
public record Influence(Map<String, Double> shares, long rows) {
  /*
   * The model itself is not at hand, only what it was given and said. Trees fitted to that (a surrogate)
   * use an input as often, and gain as much by it, as the model's answers depend on it. Of classes each
   * of the most frequent has trees of its own, and counts as often as it is answered. Where two inputs
   * say the same, one of them may get the share of both.
   */
  private static final BoostedTrees.Options TREES = new BoostedTrees.Options(40, 15, 0.1, 20, 1);
  private static final int FEWEST_ROWS = 100;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_CLASSES = 5;

  public static final Influence NONE = new Influence(Map.of(), 0);

  public Influence {
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
  }

  /// @param sources of the model: inputs, and what it answers
  public static Influence of(
      PredictionColumns columns, Selection selection, List<Source> sources, Deadline deadline) {
    List<Source> inputs = InputRows.read(sources);
    boolean numbers =
        sources.stream()
            .anyMatch(one -> one.name().equals(Source.OUTPUT) && one.kind() == FeatureKind.NUMBER);
    if (inputs.size() < 2) {
      return NONE;
    }
    Answers answers = new Answers(selection, inputs, numbers, deadline);
    answers.scan.run(columns, answers);
    if (answers.count < FEWEST_ROWS) {
      return NONE;
    }
    double[] gains = numbers ? answers.gainsOfNumbers() : answers.gainsOfClasses();
    double sum = Arrays.stream(gains).sum();
    if (!(sum > 0)) {
      return NONE;
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int each = 0; each < gains.length; each++) {
      shares.put(inputs.get(each).name(), gains[each] / sum);
    }
    return new Influence(shares, answers.count);
  }

  /// What the model said of rows, beside what it was given. Owned by one thread.
  private static final class Answers implements RowScan.Visitor {
    private final RowScan scan;
    private final InputRows inputs;
    private final boolean numbers;
    private final int output;
    private final double[] said = new double[MOST_ROWS];
    private final Map<String, Integer> classes = new HashMap<>();
    private double[] batchNumbers = {};
    private Texts batchWords = new Texts(new int[0], List.of());
    private int count;

    Answers(Selection selection, List<Source> sources, boolean numbers, Deadline deadline) {
      this.numbers = numbers;
      this.scan = new RowScan(selection, deadline);
      this.output = numbers ? scan.numbers(new Field.Output()) : scan.texts(new Field.Output());
      this.inputs = InputRows.of(sources, new InputRows.Words(), scan);
    }

    @Override
    public void begin(Batch batch) {
      inputs.begin(batch);
      if (numbers) {
        batchNumbers = RowScan.numbers(batch, output);
      } else {
        batchWords = RowScan.texts(batch, output);
      }
    }

    @Override
    public void row(int window, int row) {
      double answer = numbers ? batchNumbers[row] : classOf(row);
      if (count < MOST_ROWS && Double.isFinite(answer)) {
        said[count++] = answer;
        inputs.keep(row);
      }
    }

    private double classOf(int row) {
      int code = batchWords.codes()[row];
      if (code < 0) {
        return Double.NaN;
      }
      return classes.computeIfAbsent(batchWords.words().get(code), _ -> classes.size());
    }

    private int[] all() {
      return IntStream.range(0, count).toArray();
    }

    double[] gainsOfNumbers() {
      BinnedRows rows = BinnedRows.of(inputs.of(all()));
      return BoostedTrees.numbers(rows, all(), Arrays.copyOf(said, count), TREES).importance();
    }

    double[] gainsOfClasses() {
      BinnedRows rows = BinnedRows.of(inputs.of(all()));
      double[] gains = new double[inputs.features()];
      // What one of two classes gains by, the other does, too.
      int looked = classes.size() == 2 ? 1 : Math.min(MOST_CLASSES, classes.size());
      for (int each = 0; each < looked; each++) {
        int oneClass = each;
        double[] targets = new double[count];
        Arrays.setAll(targets, row -> said[row] == oneClass ? 1 : 0);
        double share = Arrays.stream(targets).sum() / count;
        double[] ofClass = BoostedTrees.chances(rows, all(), targets, TREES).importance();
        for (int feature = 0; feature < gains.length; feature++) {
          gains[feature] += share * ofClass[feature];
        }
      }
      return gains;
    }
  }
}
