package dev.sightline.demo.sink;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads lines that end with CR LF. A CR or LF alone is no line end, and must not be there: what
/// one server takes for the end of a mail and another does not is how mails are smuggled.
final class SmtpLines {
  private static final int MAX_COMMAND_BYTES = 1_000;
  private static final int MAX_LINE_BYTES = 998;
  private static final int MAX_PASSED_OVER = 16 << 20;

  private final InputStream in;

  /// The other side does not keep to the form of lines; the message says how.
  static final class BadLineException extends IOException {
    BadLineException(String message) {
      super(message);
    }
  }

  SmtpLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /// @return null where the other side has gone
  /// @throws BadLineException if it is too long, or ends in another way
  @Nullable String command() throws IOException {
    byte[] line = line(MAX_COMMAND_BYTES);
    return line == null ? null : new String(line, StandardCharsets.UTF_8);
  }

  /// Reads to the line that is a point.
  ///
  /// @return whether it was not longer than `limit`; all of it was read in any case
  boolean mail(ByteArrayOutputStream into, int limit) throws IOException {
    long bytes = 0;
    byte[] line = needed();
    while (line.length != 1 || line[0] != '.') {
      int from = line.length > 0 && line[0] == '.' ? 1 : 0;
      bytes += line.length + 2L;
      if (bytes > MAX_PASSED_OVER) {
        throw new BadLineException("far too long");
      }
      if (bytes <= limit) {
        into.write(line, from, line.length - from);
        into.write('\r');
        into.write('\n');
      }
      line = needed();
    }
    return bytes <= limit;
  }

  private byte[] needed() throws IOException {
    byte[] line = line(MAX_LINE_BYTES + 1);
    if (line == null) {
      throw new EOFException("the mail breaks off");
    }
    return line;
  }

  private byte @Nullable [] line(int limit) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      if (next == '\r') {
        if (in.read() != '\n') {
          throw new BadLineException("a CR without LF");
        }
        return line.toByteArray();
      }
      if (next == '\n') {
        throw new BadLineException("an LF without CR");
      }
      if (line.size() >= limit) {
        throw new BadLineException("a line of more than " + limit + " bytes");
      }
      line.write(next);
      next = in.read();
    }
    return null;
  }
}
