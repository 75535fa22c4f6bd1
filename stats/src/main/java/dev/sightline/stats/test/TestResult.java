package dev.sightline.stats.test;

/// What a test of "both windows come from one distribution" says.
///
/// @param statistic of the test, larger for larger differences unless it has a sign
/// @param pValue how often chance alone gives such a statistic, 0 to 1
/// @param variant by which the two were found, such as "exact" or "Yates"
public record TestResult(double statistic, double pValue, String variant) {
  public TestResult {
    pValue = Math.clamp(pValue, 0, 1);
  }
}
