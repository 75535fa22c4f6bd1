package dev.sightline.logql.eval;

/// What an aggregation over time knows of one series while its lines pass by, in any order.
interface SeriesWindows {
  /// @param slot in which the time lies
  void add(long timestampNs, int slot, double value);

  /// One value for each window, [Absent] where it has no lines.
  double[] column();
}
