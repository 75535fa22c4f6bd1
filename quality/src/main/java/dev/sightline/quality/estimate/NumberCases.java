package dev.sightline.quality.estimate;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.inputs.InputRows;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The cases of a regression: of each, its window, its inputs, what was said, and what is true if
/// that is known. Owned by one thread.
final class NumberCases implements RowScan.Visitor {
  /// Of more, the first are taken.
  private static final int MOST_NUMBERS = 4_000_000;

  private final RowScan scan;
  private final InputRows features;
  private final int output;
  private final int truth;
  private final int limit;
  private double[] outputs = {};
  private double[] truths = {};
  private int[] windows = new int[256];
  private double[] said = new double[256];
  private double[] happened = new double[256];
  private int count;
  private long seen;

  private NumberCases(
      Selection selection, List<Source> sources, InputRows.Words words, Deadline deadline) {
    this.scan = new RowScan(selection, deadline);
    this.output = scan.numbers(new Field.Output());
    this.truth = scan.numbers(new Field.Truth());
    this.features = InputRows.of(sources, words, scan);
    this.limit = MOST_NUMBERS / (sources.size() + 3);
  }

  static NumberCases of(
      PredictionColumns columns,
      Selection selection,
      List<Source> sources,
      InputRows.Words words,
      Deadline deadline) {
    NumberCases cases = new NumberCases(selection, sources, words, deadline);
    cases.scan.run(columns, cases);
    return cases;
  }

  @Override
  public void begin(Batch batch) {
    outputs = RowScan.numbers(batch, output);
    truths = RowScan.numbers(batch, truth);
    features.begin(batch);
  }

  @Override
  public void row(int window, int row) {
    seen++;
    if (!Double.isFinite(outputs[row]) || count == limit) {
      return;
    }
    if (count == windows.length) {
      int room = Math.min(limit, count * 2);
      windows = Arrays.copyOf(windows, room);
      said = Arrays.copyOf(said, room);
      happened = Arrays.copyOf(happened, room);
    }
    windows[count] = window;
    said[count] = outputs[row];
    happened[count] = truths[row];
    features.keep(row);
    count++;
  }

  /// All rows, with and without a number.
  long seen() {
    return seen;
  }

  int count() {
    return count;
  }

  InputRows features() {
    return features;
  }

  /// Places of all cases of a window.
  int[] in(int window) {
    return IntStream.range(0, count).filter(row -> windows[row] == window).toArray();
  }

  /// Places of those whose truth is known.
  int[] labelled() {
    return IntStream.range(0, count).filter(this::isLabelled).toArray();
  }

  boolean isLabelled(int row) {
    return Double.isFinite(happened[row]);
  }

  double[] said(int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> said[row]).toArray();
  }

  double[] happened(int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> happened[row]).toArray();
  }
}
