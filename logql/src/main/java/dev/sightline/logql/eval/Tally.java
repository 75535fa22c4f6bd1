package dev.sightline.logql.eval;

/// Counts lines, or adds whole numbers such as their lengths.
final class Tally implements SeriesWindows {
  private final Slots slots;
  private final int windows;
  private final double divisor;
  private final long[] counts;
  private final double[] sums;

  /// @param divisor of each sum, such as the seconds of the range
  Tally(Slots slots, int windows, double divisor) {
    this.slots = slots;
    this.windows = windows;
    this.divisor = divisor;
    this.counts = new long[slots.size()];
    this.sums = new double[slots.size()];
  }

  @Override
  public void add(long timestampNs, int slot, double value) {
    counts[slot]++;
    sums[slot] += value;
  }

  /// Adds many lines at once.
  void add(int slot, long lines, double value) {
    counts[slot] += lines;
    sums[slot] += value;
  }

  /// Whole numbers below 2^53 are added and taken away without loss.
  @Override
  public double[] column() {
    double[] column = new double[windows];
    long count = 0;
    double sum = 0;
    int from = 0;
    int to = 0;
    for (int window = 0; window < windows; window++) {
      while (to <= slots.last(window)) {
        count += counts[to];
        sum += sums[to++];
      }
      while (from < slots.first(window)) {
        count -= counts[from];
        sum -= sums[from++];
      }
      column[window] = count == 0 ? Absent.VALUE : sum / divisor;
    }
    return column;
  }
}
