package dev.sightline.quality.offline;

import dev.sightline.quality.baseline.RowSample;
import dev.sightline.stats.drift.VectorPair;
import dev.sightline.wire.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Some rows of both files, number beside number: for what compares rows and not columns.
///
/// A file says how many values a column lacks, and not always where; so only columns of numbers
/// that lack none on either side are taken.
///
/// @param names of columns
/// @param reference by column, then by row
record SampledTable(
    List<String> names,
    List<double[]> reference,
    List<double[]> current,
    long rowsReference,
    long rowsCurrent) {
  /// Of all columns together: 16 MB a side.
  private static final int MOST_NUMBERS = 2_000_000;

  private static final int MOST_ROWS = 6_000;
  private static final int FEWEST_ROWS = 500;

  /// @param columns places of the same features in both
  static SampledTable of(
      Table reference, Table current, int[] ofReference, int[] ofCurrent, List<String> names) {
    int most = Math.clamp(MOST_NUMBERS / Math.max(1, names.size()), FEWEST_ROWS, MOST_ROWS);
    Map<Integer, SampleSink> before = new LinkedHashMap<>();
    Map<Integer, SampleSink> now = new LinkedHashMap<>();
    long rowsBefore = read(reference, ofReference, before, most);
    long rowsNow = read(current, ofCurrent, now, most);
    List<String> whole = new ArrayList<>();
    List<double[]> first = new ArrayList<>();
    List<double[]> second = new ArrayList<>();
    for (int place = 0; place < names.size(); place++) {
      SampleSink one = before.get(ofReference[place]);
      SampleSink other = now.get(ofCurrent[place]);
      if (one != null && other != null && one.isWhole() && other.isWhole()) {
        whole.add(names.get(place));
        first.add(one.values());
        second.add(other.values());
      }
    }
    return new SampledTable(whole, first, second, rowsBefore, rowsNow);
  }

  private static long read(Table table, int[] columns, Map<Integer, SampleSink> into, int most) {
    for (int column : columns) {
      into.put(column, new SampleSink(most));
    }
    return table.read(columns, column -> Objects.requireNonNull(into.get(column)));
  }

  RowSample rows(boolean ofReference) {
    List<double[]> values = ofReference ? reference : current;
    List<List<String>> words = names.stream().map(_ -> List.<String>of()).toList();
    return new RowSample(names, words, values.toArray(double[][]::new));
  }

  /// All columns as one vector.
  VectorPair vectors() {
    return new VectorPair(turned(reference), rowsReference, turned(current), rowsCurrent);
  }

  private static double[][] turned(List<double[]> columns) {
    int rows = columns.isEmpty() ? 0 : columns.getFirst().length;
    double[][] turned = new double[rows][columns.size()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns.size(); column++) {
        turned[row][column] = columns.get(column)[row];
      }
    }
    return turned;
  }
}
