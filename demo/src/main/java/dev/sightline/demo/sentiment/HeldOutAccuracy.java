package dev.sightline.demo.sentiment;

import java.util.Locale;

/// The share of right verdicts on sentences that the model was not trained on.
///
/// @param value 0 to 1
/// @param low lower end of the 95 % interval (Wilson)
/// @param high upper end of it
/// @param sentences how many were judged, at least 1
public record HeldOutAccuracy(double value, double low, double high, int sentences) {
  /// The 97.5 % quantile of the normal distribution.
  private static final double Z = 1.959963984540054;

  static HeldOutAccuracy of(int right, int sentences) {
    double share = (double) right / sentences;
    double weight = 1 + Z * Z / sentences;
    double centre = (share + Z * Z / (2 * sentences)) / weight;
    double spread =
        Math.sqrt(share * (1 - share) / sentences + Z * Z / (4.0 * sentences * sentences));
    return new HeldOutAccuracy(
        share, centre - Z * spread / weight, centre + Z * spread / weight, sentences);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f %% on %d held-out sentences (95 %% interval %.1f to %.1f %%)",
        100 * value,
        sentences,
        100 * low,
        100 * high);
  }
}
