package dev.sightline.model.series;

import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.NativeHistogram;

/// The marker that says: this series ended here. It is a NaN with bits of its own, told apart from
/// every other NaN.
public final class Staleness {
  /// The bits that Prometheus uses.
  public static final long MARKER_BITS = 0x7ff0000000000002L;

  /// The NaN that Prometheus writes for a value that is not a number.
  public static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  public static final double MARKER = Double.longBitsToDouble(MARKER_BITS);

  /// The marker in a series of histograms: its sum is the marker of floats.
  public static final NativeHistogram HISTOGRAM =
      NativeHistogram.exponential(0, 0, MARKER, Buckets.NONE);

  private Staleness() {}

  public static boolean isMarker(double value) {
    return Double.doubleToRawLongBits(value) == MARKER_BITS;
  }
}
