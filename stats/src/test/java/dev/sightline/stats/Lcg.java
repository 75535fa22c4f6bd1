package dev.sightline.stats;

/// The generator of the expected values: `oracle/lcg.py`.
public final class Lcg {
  private long state;

  public Lcg(long seed) {
    state = seed;
  }

  public double u() {
    state = (state * 1103515245L + 12345L) % (1L << 31);
    return (double) state / (1L << 31);
  }

  public double normal() {
    double sum = 0;
    for (int draw = 0; draw < 12; draw++) {
      sum += u();
    }
    return sum - 6;
  }

  public int below(int n) {
    return (int) (u() * n);
  }

  public double[] normals(int n, double mean, double deviation) {
    double[] values = new double[n];
    for (int row = 0; row < n; row++) {
      values[row] = mean + deviation * normal();
    }
    return values;
  }
}
