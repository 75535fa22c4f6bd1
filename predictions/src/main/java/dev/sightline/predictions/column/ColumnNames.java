package dev.sightline.predictions.column;

import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which field each column of a file holds. The first two are the times and the hashes of ids of
/// the rows.
///
/// @param complete whether what is not named here is in no row
record ColumnNames(Map<Field, Integer> places, boolean complete) {
  static final int TIME = 0;
  static final int HASH = 1;
  static final int FIRST_FIELD = 2;

  private static final int TRUTH = 2;
  private static final int TRUTH_TIME = 3;
  private static final int OUTPUT = 4;
  private static final int CONFIDENCE = 5;
  private static final int LATENCY = 6;
  private static final int VERSION = 7;
  private static final int FEATURE = 8;
  private static final int PROBABILITY = 9;
  private static final int TAG = 10;

  /// @return -1 where no row has the field; null where that is not known
  @Nullable Integer place(Field field) {
    Integer place = places.get(field);
    return place != null ? place : complete ? -1 : null;
  }

  static void write(List<Field> fields, boolean complete, ByteSink into) {
    into.u8(complete ? 1 : 0).uvarint(fields.size());
    for (Field field : fields) {
      switch (field) {
        case Field.Truth() -> into.u8(TRUTH).text("");
        case Field.TruthTimeMs() -> into.u8(TRUTH_TIME).text("");
        case Field.Output() -> into.u8(OUTPUT).text("");
        case Field.Confidence() -> into.u8(CONFIDENCE).text("");
        case Field.LatencyMs() -> into.u8(LATENCY).text("");
        case Field.Version() -> into.u8(VERSION).text("");
        case Field.Feature(String name) -> into.u8(FEATURE).text(name);
        case Field.Probability(String name) -> into.u8(PROBABILITY).text(name);
        case Field.Tag(String name) -> into.u8(TAG).text(name);
      }
    }
  }

  static ColumnNames read(ByteSource from) {
    boolean complete = from.u8() == 1;
    int count = from.length();
    Map<Field, Integer> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int kind = from.u8();
      places.put(field(kind, from.text()), FIRST_FIELD + i);
    }
    return new ColumnNames(places, complete);
  }

  private static Field field(int kind, String name) {
    return switch (kind) {
      case TRUTH -> new Field.Truth();
      case TRUTH_TIME -> new Field.TruthTimeMs();
      case OUTPUT -> new Field.Output();
      case CONFIDENCE -> new Field.Confidence();
      case LATENCY -> new Field.LatencyMs();
      case VERSION -> new Field.Version();
      case FEATURE -> new Field.Feature(name);
      case PROBABILITY -> new Field.Probability(name);
      case TAG -> new Field.Tag(name);
      default -> throw new BadBytesException("a column of the unknown kind " + kind);
    };
  }
}
