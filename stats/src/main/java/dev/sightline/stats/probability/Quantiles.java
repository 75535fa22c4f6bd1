package dev.sightline.stats.probability;

/// Quantiles of sorted values, by linear interpolation: type 7 of R. Hyndman and Y. Fan, "Sample
/// quantiles in statistical packages" (1996), as NumPy's default.
public final class Quantiles {
  private Quantiles() {}

  /// @param sorted rising, not empty
  /// @param probability 0 to 1
  public static double of(double[] sorted, double probability) {
    double place = probability * (sorted.length - 1);
    int below = (int) Math.floor(place);
    double share = place - below;
    if (below >= sorted.length - 1) {
      return sorted[sorted.length - 1];
    }
    double low = sorted[below];
    double high = sorted[below + 1];
    double step = high - low;
    return share >= 0.5 ? high - step * (1 - share) : low + step * share;
  }
}
