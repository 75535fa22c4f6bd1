package dev.sightline.api.json;

import dev.sightline.model.series.ValueText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Writes JSON as UTF-8, without a tree and without an object for each value.
///
/// Owned by one thread. The caller keeps the order that JSON asks for; commas are set here. Nothing
/// is flushed before [#flush]. A stream that fails surfaces as [UncheckedIOException].
public final class JsonWriter {
  private static final int BUFFER_BYTES = 8_192;
  private static final byte[] HEX = ascii("0123456789abcdef");

  private final OutputStream out;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int size;
  private boolean commaDue;

  public JsonWriter(OutputStream out) {
    this.out = out;
  }

  public JsonWriter beginObject() {
    return begin('{');
  }

  public JsonWriter endObject() {
    return end('}');
  }

  public JsonWriter beginArray() {
    return begin('[');
  }

  public JsonWriter endArray() {
    return end(']');
  }

  /// Ends a line: what follows is a text of its own.
  public JsonWriter line() {
    put('\n');
    commaDue = false;
    return this;
  }

  public JsonWriter name(String name) {
    separate();
    quoted(name);
    put(':');
    commaDue = false;
    return this;
  }

  /// A text. Half of a surrogate pair has no place in UTF-8 and becomes the replacement character.
  public JsonWriter value(String text) {
    separate();
    quoted(text);
    return this;
  }

  public JsonWriter value(long number) {
    separate();
    longDigits(number);
    return this;
  }

  public JsonWriter value(boolean flag) {
    separate();
    ascii(flag ? "true" : "false", false);
    return this;
  }

  /// A number; one that JSON cannot express (NaN, the infinities) becomes its name as a text.
  public JsonWriter value(double number) {
    separate();
    ascii(ValueText.forJson(number), !Double.isFinite(number));
    return this;
  }

  /// A number as its digits, which the caller has made sure are one.
  public JsonWriter number(String digits) {
    separate();
    ascii(digits, false);
    return this;
  }

  public JsonWriter nullValue() {
    separate();
    ascii("null", false);
    return this;
  }

  /// A number in quotes, as Prometheus writes sample values.
  public JsonWriter quotedNumber(double number) {
    separate();
    if (number == (long) number && Math.abs(number) < 1e15 && !isNegativeZero(number)) {
      put('"');
      longDigits((long) number);
      put('"');
    } else {
      ascii(ValueText.forJson(number), true);
    }
    return this;
  }

  /// A time in seconds with at most three digits after the point, as Prometheus writes timestamps.
  ///
  /// @param timestampMs Unix milliseconds
  public JsonWriter seconds(long timestampMs) {
    separate();
    if (timestampMs < 0) {
      put('-');
    }
    longDigits(Math.abs(timestampMs / 1_000));
    int millis = (int) Math.abs(timestampMs % 1_000);
    if (millis != 0) {
      put('.');
      put((char) ('0' + millis / 100));
      put((char) ('0' + millis / 10 % 10));
      put((char) ('0' + millis % 10));
    }
    return this;
  }

  /// Ends a line between two values, as NDJSON asks for.
  public JsonWriter newLine() {
    put('\n');
    commaDue = false;
    return this;
  }

  /// Hands everything written so far to the stream, and flushes that.
  public void flush() {
    drain();
    try {
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private JsonWriter begin(char bracket) {
    separate();
    put(bracket);
    commaDue = false;
    return this;
  }

  private JsonWriter end(char bracket) {
    put(bracket);
    commaDue = true;
    return this;
  }

  private void separate() {
    if (commaDue) {
      put(',');
    }
    commaDue = true;
  }

  private void quoted(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        plainOrEscaped(c);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        continuation(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        threeBytes(Character.isSurrogate(c) ? '\uFFFD' : c);
      }
    }
    put('"');
  }

  private void plainOrEscaped(char c) {
    switch (c) {
      case '"', '\\' -> escaped(c);
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\t' -> escaped('t');
      default -> {
        if (c < 0x20 || c == 0x7F) {
          ascii("\\u00", false);
          put(HEX[c >> 4]);
          put(HEX[c & 0xF]);
        } else {
          put(c);
        }
      }
    }
  }

  private void escaped(char c) {
    put('\\');
    put(c);
  }

  private void threeBytes(char c) {
    put(0xE0 | c >> 12);
    continuation(c >> 6);
    continuation(c);
  }

  private void fourBytes(int codePoint) {
    put(0xF0 | codePoint >> 18);
    continuation(codePoint >> 12);
    continuation(codePoint >> 6);
    continuation(codePoint);
  }

  private void continuation(int bits) {
    put(0x80 | (bits & 0x3F));
  }

  private void longDigits(long number) {
    if (number < 0) {
      ascii(Long.toString(number), false);
      return;
    }
    room(20);
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  @SuppressWarnings("deprecation") // the only copy of ASCII without an object
  private void ascii(String text, boolean inQuotes) {
    room(text.length() + 2);
    if (inQuotes) {
      buffer[size++] = '"';
    }
    text.getBytes(0, text.length(), buffer, size);
    size += text.length();
    if (inQuotes) {
      buffer[size++] = '"';
    }
  }

  private void put(int oneByte) {
    if (size == buffer.length) {
      drain();
    }
    buffer[size++] = (byte) oneByte;
  }

  private void room(int bytes) {
    if (buffer.length - size < bytes) {
      drain();
      if (buffer.length < bytes) {
        buffer = Arrays.copyOf(buffer, bytes);
      }
    }
  }

  private void drain() {
    try {
      out.write(buffer, 0, size);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    size = 0;
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
