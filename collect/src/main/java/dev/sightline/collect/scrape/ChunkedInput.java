package dev.sightline.collect.scrape;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A body that comes in chunks, each with its length in front.
final class ChunkedInput extends InputStream {
  private static final int MAX_TRAILERS = 100;

  private final InputStream in;
  private final LineReader lines;
  private long left;
  private boolean started;
  private boolean ended;

  /// Reads a line of the same connection, without its end.
  interface LineReader {
    String line() throws IOException;
  }

  ChunkedInput(InputStream in, LineReader lines) {
    this.in = in;
    this.lines = lines;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the body ended within a chunk");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (started && !lines.line().isEmpty()) {
      throw new IOException("a chunk is longer than announced");
    }
    started = true;
    String size = lines.line();
    int extension = size.indexOf(';');
    String digits = (extension < 0 ? size : size.substring(0, extension)).strip();
    if (digits.isEmpty() || digits.length() > 15) {
      throw new IOException("the length of a chunk is \"" + digits + '"');
    }
    try {
      left = Long.parseLong(digits, 16);
    } catch (NumberFormatException _) {
      throw new IOException("the length of a chunk is \"" + digits + '"');
    }
    if (left < 0) {
      throw new IOException("the length of a chunk is negative");
    }
    if (left == 0) {
      ended = true;
      int trailers = 0;
      while (!lines.line().isEmpty()) {
        if (++trailers > MAX_TRAILERS) {
          throw new IOException("more than " + MAX_TRAILERS + " trailers");
        }
      }
    }
  }
}
