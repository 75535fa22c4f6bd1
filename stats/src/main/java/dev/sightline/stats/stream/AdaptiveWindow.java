package dev.sightline.stats.stream;

import java.util.ArrayList;
import java.util.List;

/// A window that grows while its mean holds and drops its older part when that differs from the
/// newer: A. Bifet and R. Gavaldà, "Learning from time-changing data with adaptive windowing"
/// (2007), known as ADWIN. For values of any range; memory grows with the logarithm of the window.
public final class AdaptiveWindow implements StreamDetector {
  /*
   * The window is kept as buckets of 1, 2, 4, … values, at most six of a size: sum and squares each.
   * Every 32 values each border of buckets is tried as a cut into an older part of n0 and a newer of n1
   * values. With 1/m = 1/(n0 - s + 1) + 1/(n1 - s + 1), s the shortest part, the means differ if their
   * distance is above
   *     √(2/m · variance · ln(2 ln(n) / delta)) + 2/(3 m) · ln(2 ln(n) / delta)
   * and then the oldest bucket goes, until no cut is left. Invariants: n, sum and squares are those of
   * all buckets together; rows[i] holds buckets of 2^i values, the oldest first.
   */
  private static final int MOST_OF_A_SIZE = 5;

  private final double delta;
  private final int clock;
  private final int shortest;
  private final int grace;
  private final List<Row> rows = new ArrayList<>();
  private long ticks;
  private long n;
  private double sum;
  private double squares;

  /// Buckets of one size.
  private static final class Row {
    private final double[] sums = new double[MOST_OF_A_SIZE + 1];
    private final double[] squares = new double[MOST_OF_A_SIZE + 1];
    private int count;

    void add(double bucketSum, double bucketSquares) {
      sums[count] = bucketSum;
      squares[count++] = bucketSquares;
    }

    void dropFirst(int dropped) {
      System.arraycopy(sums, dropped, sums, 0, count - dropped);
      System.arraycopy(squares, dropped, squares, 0, count - dropped);
      count -= dropped;
    }
  }

  public AdaptiveWindow() {
    this(0.002, 32, 5, 10);
  }

  /// @param delta how likely a false alarm may be
  /// @param clock how many values pass between two looks
  /// @param shortest part of the window that is compared
  /// @param grace values before the first look
  public AdaptiveWindow(double delta, int clock, int shortest, int grace) {
    this.delta = delta;
    this.clock = clock;
    this.shortest = shortest;
    this.grace = grace;
    rows.add(new Row());
  }

  /// How many values the window holds.
  public long n() {
    return n;
  }

  public double mean() {
    return n == 0 ? 0 : sum / n;
  }

  @Override
  public Signal add(double value) {
    n++;
    if (n > 1) {
      double off = value - sum / (n - 1);
      squares += (n - 1) * off * off / n;
    }
    sum += value;
    rows.getFirst().add(value, 0);
    compress();
    ticks++;
    boolean changed = false;
    if (ticks % clock == 0 && n > grace) {
      while (hasCut()) {
        changed = true;
        dropOldest();
      }
    }
    return changed ? Signal.DRIFT : Signal.NONE;
  }

  private void compress() {
    for (int size = 0; rows.get(size).count > MOST_OF_A_SIZE; size++) {
      Row row = rows.get(size);
      if (size + 1 == rows.size()) {
        rows.add(new Row());
      }
      double each = Math.pow(2, size);
      double off = (row.sums[0] - row.sums[1]) / each;
      rows.get(size + 1)
          .add(row.sums[0] + row.sums[1], row.squares[0] + row.squares[1] + each * off * off / 2);
      row.dropFirst(2);
    }
  }

  private boolean hasCut() {
    double older = 0;
    double olderSum = 0;
    for (int size = rows.size() - 1; size >= 0; size--) {
      Row row = rows.get(size);
      for (int bucket = 0; bucket < row.count; bucket++) {
        older += Math.pow(2, size);
        olderSum += row.sums[bucket];
        double newer = n - older;
        if (older >= shortest && newer >= shortest && differs(older, olderSum, newer)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean differs(double older, double olderSum, double newer) {
    double distance = Math.abs(olderSum / older - (sum - olderSum) / newer);
    double chance = Math.log(2 * Math.log((double) n) / delta);
    double perRow = 1 / (older - shortest + 1) + 1 / (newer - shortest + 1);
    return distance > Math.sqrt(2 * perRow * (squares / n) * chance) + 2.0 / 3 * chance * perRow;
  }

  private void dropOldest() {
    Row row = rows.getLast();
    double size = Math.pow(2, rows.size() - 1);
    double mean = row.sums[0] / size;
    n -= (long) size;
    sum -= row.sums[0];
    double off = mean - sum / n;
    squares = Math.max(0, squares - row.squares[0] - size * n * off * off / (size + n));
    row.dropFirst(1);
    while (rows.size() > 1 && rows.getLast().count == 0) {
      rows.removeLast();
    }
  }

  @Override
  public double[] state() {
    int values = rows.stream().mapToInt(row -> 1 + 2 * row.count).sum();
    double[] state = new double[4 + values];
    state[0] = ticks;
    state[1] = n;
    state[2] = sum;
    state[3] = squares;
    int place = 4;
    for (Row row : rows) {
      state[place++] = row.count;
      for (int bucket = 0; bucket < row.count; bucket++) {
        state[place++] = row.sums[bucket];
        state[place++] = row.squares[bucket];
      }
    }
    return state;
  }

  @Override
  public void restore(double[] state) {
    ticks = (long) state[0];
    n = (long) state[1];
    sum = state[2];
    squares = state[3];
    rows.clear();
    int place = 4;
    while (place < state.length) {
      Row row = new Row();
      int buckets = (int) state[place++];
      for (int bucket = 0; bucket < buckets; bucket++) {
        row.add(state[place], state[place + 1]);
        place += 2;
      }
      rows.add(row);
    }
  }
}
