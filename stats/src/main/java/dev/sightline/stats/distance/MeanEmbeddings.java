package dev.sightline.stats.distance;

/// How far the mean of vectors has moved.
public final class MeanEmbeddings {
  private MeanEmbeddings() {}

  /// By which distance.
  public enum Metric {
    EUCLIDEAN,
    COSINE,
    CITY_BLOCK,
    CHEBYSHEV
  }

  /// @param reference rows of one length, at least one
  /// @param current of the same length
  public static double between(double[][] reference, double[][] current, Metric metric) {
    double[] first = mean(reference);
    double[] second = mean(current);
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "vectors of " + first.length + " numbers beside " + second.length);
    }
    double squares = 0;
    double product = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    double blocks = 0;
    double largest = 0;
    for (int place = 0; place < first.length; place++) {
      double off = Math.abs(first[place] - second[place]);
      squares += off * off;
      blocks += off;
      largest = Math.max(largest, off);
      product += first[place] * second[place];
      ofFirst += first[place] * first[place];
      ofSecond += second[place] * second[place];
    }
    return switch (metric) {
      case EUCLIDEAN -> Math.sqrt(squares);
      case CITY_BLOCK -> blocks;
      case CHEBYSHEV -> largest;
      // A mean of zeros has no direction: as far as can be from any other.
      case COSINE ->
          ofFirst == 0 || ofSecond == 0
              ? (ofFirst == ofSecond ? 0 : 1)
              : 1 - product / Math.sqrt(ofFirst * ofSecond);
    };
  }

  static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int place = 0; place < mean.length; place++) {
        mean[place] += row[place] / rows.length;
      }
    }
    return mean;
  }
}
