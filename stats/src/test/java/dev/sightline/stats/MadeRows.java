package dev.sightline.stats;

import dev.sightline.stats.learn.WordRows;
import java.util.ArrayList;
import java.util.List;

/// The vectors, texts and rows of `oracle/vectors.py`.
public final class MadeRows {
  private MadeRows() {}

  /// By row, then by component; the first quarter is moved, and neighbours depend on each other.
  public static double[][] vectors(Lcg lcg, int n, int size, double shift) {
    double[][] rows = new double[n][size];
    for (double[] row : rows) {
      double before = 0;
      for (int place = 0; place < size; place++) {
        before = 0.5 * before + lcg.normal();
        row[place] = before + (place < size / 4 ? shift : 0);
      }
    }
    return rows;
  }

  /// @param fresh the share of texts that have the word `fresh`
  public static WordRows texts(Lcg lcg, int n, int words, double fresh) {
    List<List<String>> texts = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      int length = 3 + lcg.below(6);
      List<String> text = new ArrayList<>();
      for (int each = 0; each < length; each++) {
        double u = lcg.u();
        text.add("w" + (int) (words * Math.pow(u, 2)));
      }
      if (lcg.u() < fresh) {
        text.add("fresh");
      }
      texts.add(text);
    }
    return WordRows.of(texts);
  }

  /// By feature, then by row; the last two of five follow the first, as much as the link says.
  public static double[][] linked(Lcg lcg, int n, double link) {
    double[][] features = new double[5][n];
    for (int row = 0; row < n; row++) {
      double a = lcg.normal();
      features[0][row] = a;
      features[1][row] = lcg.normal();
      features[2][row] = 10 * lcg.normal();
      features[3][row] = a * link + 0.3 * lcg.normal();
      features[4][row] = 5 - 2 * a * link + 0.3 * lcg.normal();
    }
    return features;
  }
}
