package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Datum;
import dev.sightline.storage.codec.ByteSource;
import java.nio.charset.StandardCharsets;

/// Shows all fields of an encoded prediction where they lie, without making objects of them.
///
/// The bytes are those of [RecordCodec]. Used by one thread at a time.
public final class FieldWalk {
  /// Which list of named values a name stands in.
  public enum Names {
    FEATURES,
    PROBABILITIES,
    TAGS
  }

  /// Told of the fields of a row in their order. Of what is not mentioned there is none; null,
  /// lists and objects are not mentioned.
  public interface Visitor extends Value {
    /// What follows, if anything, is the value of this name.
    void name(Names of, byte[] from, int offset, int length);

    void toVersion();

    void toOutput();

    void toConfidence();

    void toLatencyMs();
  }

  /// Told of one value.
  public interface Value {
    void number(double value);

    void flag(boolean value);

    void text(byte[] from, int offset, int length);
  }

  private static final int FIRST_TEXT_OFFSET = 10;
  private static final int HAS_CONFIDENCE = 1;
  private static final int HAS_LATENCY = 2;

  private FieldWalk() {}

  /// @throws dev.sightline.storage.codec.BadBytesException if the record is damaged
  public static void read(byte[] record, Visitor visitor) {
    ByteSource from = new ByteSource(record).skip(FIRST_TEXT_OFFSET);
    skipText(from);
    skipText(from);
    int versionBytes = from.length();
    if (versionBytes > 0) {
      visitor.toVersion();
      visitor.text(record, from.position(), versionBytes);
      from.skip(versionBytes);
    }
    for (int left = from.length(); left > 0; left--) {
      name(Names.FEATURES, record, from, visitor);
      DatumCodec.visit(record, from, visitor);
    }
    visitor.toOutput();
    DatumCodec.visit(record, from, visitor);
    int present = from.u8();
    if ((present & HAS_CONFIDENCE) != 0) {
      visitor.toConfidence();
      visitor.number(from.f64());
    }
    if ((present & HAS_LATENCY) != 0) {
      visitor.toLatencyMs();
      visitor.number(from.f64());
    }
    for (int left = from.length(); left > 0; left--) {
      name(Names.PROBABILITIES, record, from, visitor);
      visitor.number(from.f64());
    }
    for (int left = from.length(); left > 0; left--) {
      name(Names.TAGS, record, from, visitor);
      int length = from.length();
      visitor.text(record, from.position(), length);
      from.skip(length);
    }
  }

  /// Shows one value that is an object already.
  public static void show(Datum datum, Value value) {
    switch (datum) {
      case Datum.Amount(double amount) -> value.number(amount);
      case Datum.Flag(boolean flag) -> value.flag(flag);
      case Datum.Text(String text) -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        value.text(utf8, 0, utf8.length);
      }
      case Datum.Missing _, Datum.Items _, Datum.Fields _ -> {}
    }
  }

  private static void name(Names of, byte[] record, ByteSource from, Visitor visitor) {
    int length = from.length();
    visitor.name(of, record, from.position(), length);
    from.skip(length);
  }

  private static void skipText(ByteSource from) {
    from.skip(from.length());
  }
}
