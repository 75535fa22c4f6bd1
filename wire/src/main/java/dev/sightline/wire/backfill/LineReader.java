package dev.sightline.wire.backfill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts bytes into lines, in bounded memory.
final class LineReader {
  static final int MAX_LINE_BYTES = 4 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /// The number of the line that was read last, from 1.
  long number() {
    return number;
  }

  /// @return the next line with its end, or null behind the last
  byte @Nullable [] next() {
    int scanned = from;
    while (true) {
      for (int i = scanned; i < to; i++) {
        if (buffer[i] == '\n') {
          return take(i + 1);
        }
      }
      scanned = to;
      if (to - from > MAX_LINE_BYTES) {
        throw new SampleTextException(
            "line " + (number + 1) + " is longer than " + MAX_LINE_BYTES + " bytes");
      }
      int moved = from;
      if (!fill()) {
        return from == to ? null : take(to);
      }
      scanned -= moved - from;
    }
  }

  private byte[] take(int end) {
    byte[] line = Arrays.copyOfRange(buffer, from, end);
    from = end;
    number++;
    return line;
  }

  private boolean fill() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    try {
      int read = in.read(buffer, to, buffer.length - to);
      to += Math.max(read, 0);
      return read >= 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
