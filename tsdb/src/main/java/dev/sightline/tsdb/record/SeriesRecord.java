package dev.sightline.tsdb.record;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// A record that tells what number each of some new series has.
///
/// | Size      | Field    | Meaning                                        |
/// |----------:|----------|------------------------------------------------|
/// | 1         | `type`   | 1                                              |
/// | 8         | `ref`    | number of the series; from here on repeated    |
/// | 1 to 10   | `count`  | of labels                                      |
/// | var       | `labels` | name, value; each a length (uvarint) and UTF-8 |
public final class SeriesRecord {
  private SeriesRecord() {}

  /// Starts a record, in an empty sink.
  public static void begin(ByteSink into) {
    into.clear();
    into.u8(RecordType.SERIES);
  }

  public static void add(ByteSink into, long ref, Labels labels) {
    into.u64(ref).uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      into.text(labels.name(i)).text(labels.value(i));
    }
  }

  /// @param source of a record, behind its type
  /// @throws BadBytesException if the record is damaged; what stands before has been accepted then
  public static void read(ByteSource source, Interner interner, BiConsumer<Long, Labels> series) {
    while (source.remaining() > 0) {
      long ref = source.u64();
      series.accept(ref, readLabels(source, interner));
    }
  }

  private static Labels readLabels(ByteSource source, Interner interner) {
    int count = source.length();
    List<Label> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(new Label(interner.of(source.text()), interner.of(source.text())));
    }
    try {
      return Labels.of(labels);
    } catch (IllegalArgumentException twice) {
      throw new BadBytesException("labels of a series: " + twice.getMessage());
    }
  }
}
