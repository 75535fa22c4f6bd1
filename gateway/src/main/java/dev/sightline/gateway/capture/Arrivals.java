package dev.sightline.gateway.capture;

/// When the first parts of a streamed answer arrived.
public final class Arrivals {
  private static final int KEPT = 64;

  // guarded by this: all below
  private final long[] endBytes = new long[KEPT];
  private final double[] seconds = new double[KEPT];
  private int count;

  /// @param bytes of the answer that have arrived so far
  /// @param sinceStart seconds from the request's arrival
  synchronized void passed(long bytes, double sinceStart) {
    if (count < KEPT) {
      endBytes[count] = bytes;
      seconds[count] = sinceStart;
      count++;
    }
  }

  /// When so many bytes had arrived, in seconds from the request's arrival; negative where that was
  /// after all that is known.
  synchronized double secondsAt(long bytes) {
    for (int i = 0; i < count; i++) {
      if (endBytes[i] >= bytes) {
        return seconds[i];
      }
    }
    return -1;
  }
}
