package dev.sightline.model.histogram;

import java.util.Arrays;

/// The upper bounds of custom buckets, rising; behind the last one a bucket reaches to infinity.
public final class CustomBounds {
  public static final CustomBounds NONE = new CustomBounds(new double[0]);

  private final double[] bounds;

  private CustomBounds(double[] bounds) {
    this.bounds = bounds;
  }

  /// @throws IllegalArgumentException if they do not rise, or are not finite
  public static CustomBounds of(double... bounds) {
    for (int i = 0; i < bounds.length; i++) {
      boolean rises = i == 0 || bounds[i] > bounds[i - 1];
      if (!rises || !Double.isFinite(bounds[i])) {
        throw new IllegalArgumentException(
            "bounds of custom buckets must be finite and rise: " + Arrays.toString(bounds));
      }
    }
    return bounds.length == 0 ? NONE : new CustomBounds(bounds.clone());
  }

  public int size() {
    return bounds.length;
  }

  /// The upper bound of the bucket at `index`, from 0; infinite behind the last.
  public double upper(int index) {
    return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
  }

  double lower(int index) {
    return index == 0 ? Double.NEGATIVE_INFINITY : upper(index - 1);
  }

  /// The bounds that both have.
  CustomBounds common(CustomBounds other) {
    double[] common = new double[Math.min(bounds.length, other.bounds.length)];
    int size = 0;
    int j = 0;
    for (double bound : bounds) {
      while (j < other.bounds.length && other.bounds[j] < bound) {
        j++;
      }
      if (j < other.bounds.length && other.bounds[j] == bound) {
        common[size++] = bound;
      }
    }
    return size == 0 ? NONE : new CustomBounds(Arrays.copyOf(common, size));
  }

  /// The bucket of these bounds into which one that ends at `upper` falls.
  int indexOf(double upper) {
    int index = 0;
    while (index < bounds.length && bounds[index] < upper) {
      index++;
    }
    return index;
  }

  public double[] toArray() {
    return bounds.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CustomBounds that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }
}
