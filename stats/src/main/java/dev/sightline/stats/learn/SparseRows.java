package dev.sightline.stats.learn;

import java.util.Arrays;

/// Rows of numbers of which most may be zero: for each row the columns of the others, rising, and
/// the numbers that stand there.
///
/// @param columns how many there are
/// @param places by row, then by entry
/// @param values in the same order
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SparseRows(int columns, int[][] places, float[][] values) {
  /// Rows that have a number in every column, in deviations from the mean of the column.
  ///
  /// @param rows by row, then by column, all of one length
  public static SparseRows standardised(double[][] rows) {
    int columns = rows[0].length;
    double[] means = new double[columns];
    double[] squares = new double[columns];
    for (double[] row : rows) {
      for (int column = 0; column < columns; column++) {
        means[column] += row[column] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int column = 0; column < columns; column++) {
        double off = row[column] - means[column];
        squares[column] += off * off / rows.length;
      }
    }
    int[] all = new int[columns];
    Arrays.setAll(all, column -> column);
    int[][] places = new int[rows.length][];
    float[][] values = new float[rows.length][columns];
    for (int row = 0; row < rows.length; row++) {
      places[row] = all;
      for (int column = 0; column < columns; column++) {
        double deviation = Math.sqrt(squares[column]);
        double off = rows[row][column] - means[column];
        values[row][column] = (float) (deviation > 0 ? off / deviation : 0);
      }
    }
    return new SparseRows(columns, places, values);
  }

  public int n() {
    return places.length;
  }

  /// The sum of a row's numbers, each times the weight of its column.
  double product(int row, double[] weights) {
    int[] where = places[row];
    float[] what = values[row];
    double sum = 0;
    for (int entry = 0; entry < where.length; entry++) {
      sum += what[entry] * weights[where[entry]];
    }
    return sum;
  }

  /// Adds a row's numbers, each times a factor, to those of its columns.
  void addTo(double[] sums, int row, double factor) {
    int[] where = places[row];
    float[] what = values[row];
    for (int entry = 0; entry < where.length; entry++) {
      sums[where[entry]] += factor * what[entry];
    }
  }
}
