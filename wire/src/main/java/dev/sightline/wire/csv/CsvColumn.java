package dev.sightline.wire.csv;

import dev.sightline.wire.table.ColumnSink;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of one column while its cells pass by: nothing yet, numbers, texts; or numbers
/// that were followed by a text, whose earlier texts are gone.
final class CsvColumn {
  private final @Nullable ColumnSink sink;
  private final double[] numbers;
  private int count;
  private long missing;
  private Kind kind;

  private enum Kind {
    UNDECIDED,
    NUMBERS,
    TEXTS,
    BROKEN,
    UNWANTED
  }

  private CsvColumn(@Nullable ColumnSink sink, Kind kind, int batch) {
    this.sink = sink;
    this.kind = kind;
    this.numbers = new double[batch];
  }

  static CsvColumn unwanted() {
    return new CsvColumn(null, Kind.UNWANTED, 0);
  }

  static CsvColumn undecided(ColumnSink sink, int batch) {
    return new CsvColumn(sink, Kind.UNDECIDED, batch);
  }

  static CsvColumn texts(ColumnSink sink) {
    return new CsvColumn(sink, Kind.TEXTS, 0);
  }

  /// Whether a cell is worth reading as a number.
  boolean takesNumbers() {
    return kind == Kind.NUMBERS || kind == Kind.UNDECIDED;
  }

  boolean isWanted() {
    return kind != Kind.UNWANTED && kind != Kind.BROKEN;
  }

  boolean isBroken() {
    return kind == Kind.BROKEN;
  }

  void number(double value) {
    kind = Kind.NUMBERS;
    if (count == numbers.length) {
      flush();
    }
    numbers[count++] = value;
  }

  void text(byte[] bytes, int from, int length) {
    if (kind == Kind.UNDECIDED) {
      kind = Kind.TEXTS;
    }
    if (kind == Kind.TEXTS) {
      sink().text(bytes, from, length, 1);
    } else {
      kind = Kind.BROKEN;
    }
  }

  void missing() {
    missing++;
  }

  void flush() {
    if (count > 0 && kind == Kind.NUMBERS) {
      sink().numbers(numbers, count);
    }
    if (missing > 0 && kind != Kind.UNWANTED) {
      sink().missing(missing);
    }
    count = 0;
    missing = 0;
  }

  private ColumnSink sink() {
    return Objects.requireNonNull(sink, "BUG: a column that nobody wanted");
  }
}
