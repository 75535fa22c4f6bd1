package dev.sightline.wire.whylogs;

import java.util.Arrays;

/// Bytes of KLL sketches, brought into the form that Apache DataSketches reads.
///
/// whylogs since August 2022 writes sketches of doubles with a preamble of six integers, the last
/// of which is padding; the library knows five.
final class KllBytes {
  private static final int FIVE = 5;
  private static final int SIX = 6;
  private static final int PADDING = 20;
  private static final int DATA = 24;
  private static final int FLAGS = 3;
  private static final int LEVEL_ZERO_SORTED = 2;

  private KllBytes() {}

  static byte[] readable(byte[] written) {
    boolean padded = written.length >= DATA && written[0] == SIX && written[1] == 1;
    if (!padded) {
      return written;
    }
    byte[] bytes = Arrays.copyOf(written, written.length - (DATA - PADDING));
    System.arraycopy(written, DATA, bytes, PADDING, written.length - DATA);
    bytes[0] = FIVE;
    // Whether the newest values are sorted is not sure in these; unsorted is always true.
    bytes[FLAGS] &= ~LEVEL_ZERO_SORTED;
    return bytes;
  }

  /// The same sketch of doubles as whylogs writes it, and demands it.
  static byte[] written(byte[] readable) {
    if (readable.length < PADDING || readable[0] != FIVE) {
      return readable;
    }
    byte[] bytes = new byte[readable.length + (DATA - PADDING)];
    System.arraycopy(readable, 0, bytes, 0, PADDING);
    System.arraycopy(readable, PADDING, bytes, DATA, readable.length - PADDING);
    bytes[0] = SIX;
    return bytes;
  }
}
