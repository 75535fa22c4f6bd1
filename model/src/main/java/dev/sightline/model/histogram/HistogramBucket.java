package dev.sightline.model.histogram;

/// One bucket of a histogram with its bounds spelled out.
public record HistogramBucket(
    double lower, double upper, boolean lowerInclusive, boolean upperInclusive, double count) {

  /// The share of the bucket's width below a value strictly within its finite bounds.
  ///
  /// @param linear whether observations are taken to be spread evenly; otherwise evenly on a
  ///   logarithmic scale
  public double shareBelow(double value, boolean linear) {
    if (linear) {
      return (value - lower) / (upper - lower);
    }
    double logLower = log2(lower);
    double logUpper = log2(upper);
    double log = log2(value);
    return value > 0
        ? (log - logLower) / (logUpper - logLower)
        : 1 - (log - logUpper) / (logLower - logUpper);
  }

  private static double log2(double value) {
    return Math.log(Math.abs(value)) / Math.log(2);
  }
}
