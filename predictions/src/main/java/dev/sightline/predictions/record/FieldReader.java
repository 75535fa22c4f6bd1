package dev.sightline.predictions.record;

import dev.sightline.storage.codec.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Picks some fields out of encoded predictions without making the rest. Used by one thread.
///
/// The bytes are those of [RecordCodec]; each field that is found is handed on where it lies.
public final class FieldReader {
  /// Told where the fields of a row are; those that are not mentioned are absent.
  public interface Visitor {
    /// @param index of the feature among those wanted
    default void feature(int index, ByteSource datum) {}

    default void version(ByteSource text) {}

    default void output(ByteSource datum) {}

    default void confidence(double value) {}

    default void latencyMs(double value) {}

    /// @param index of the class among those wanted
    default void probability(int index, double value) {}

    /// @param index of the tag among those wanted
    default void tag(int index, ByteSource text) {}
  }

  private static final int FIRST_TEXT_OFFSET = 10;
  private static final int HAS_CONFIDENCE = 1;
  private static final int HAS_LATENCY = 2;
  private static final int NOT_WANTED = -1;

  private final byte[][] features;
  private final byte[][] classes;
  private final byte[][] tags;

  public FieldReader(List<String> features, List<String> classes, List<String> tags) {
    this.features = utf8(features);
    this.classes = utf8(classes);
    this.tags = utf8(tags);
  }

  private static byte[][] utf8(List<String> names) {
    return names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /// @throws dev.sightline.storage.codec.BadBytesException if the record is damaged
  public void read(byte[] record, Visitor visitor) {
    ByteSource from = new ByteSource(record).skip(FIRST_TEXT_OFFSET);
    skipText(from);
    skipText(from);
    visitor.version(at(record, from));
    skipText(from);
    for (int left = from.length(); left > 0; left--) {
      int index = index(record, from, features);
      if (index != NOT_WANTED) {
        visitor.feature(index, at(record, from));
      }
      DatumCodec.skip(from);
    }
    visitor.output(at(record, from));
    DatumCodec.skip(from);
    int present = from.u8();
    if ((present & HAS_CONFIDENCE) != 0) {
      visitor.confidence(from.f64());
    }
    if ((present & HAS_LATENCY) != 0) {
      visitor.latencyMs(from.f64());
    }
    readPairs(record, from, visitor);
  }

  private void readPairs(byte[] record, ByteSource from, Visitor visitor) {
    for (int left = from.length(); left > 0; left--) {
      int index = index(record, from, classes);
      double value = from.f64();
      if (index != NOT_WANTED) {
        visitor.probability(index, value);
      }
    }
    for (int left = from.length(); left > 0; left--) {
      int index = index(record, from, tags);
      if (index != NOT_WANTED) {
        visitor.tag(index, at(record, from));
      }
      skipText(from);
    }
  }

  private static int index(byte[] record, ByteSource from, byte[][] names) {
    int length = from.length();
    int start = from.position();
    from.skip(length);
    for (int i = 0; i < names.length; i++) {
      if (names[i].length == length
          && Arrays.equals(record, start, start + length, names[i], 0, length)) {
        return i;
      }
    }
    return NOT_WANTED;
  }

  private static ByteSource at(byte[] record, ByteSource from) {
    return new ByteSource(record, from.position(), from.remaining());
  }

  private static void skipText(ByteSource from) {
    from.skip(from.length());
  }
}
